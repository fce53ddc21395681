import random
import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageFile

from providers.credentials.evidence import NotAccepted, cleaned
from providers.credentials.forms import PagesField
from providers.credentials.pdfs import MOST_PAGES
from providers.credentials.pictures import KEPT_PIXELS
from tests.providers.credentials.files import HEIC, armed_pdf, locked_pdf, pdf, picture, saved, upload

SAMPLES = {"application/pdf": pdf(), "image/jpeg": picture("JPEG"), "image/png": picture("PNG"), "image/heic": HEIC}


def bomb_png(side):
    """A PNG that says it is huge, in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def zipped():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def kept(content):
    """What is stored of a picture, opened again."""
    image = Image.open(cleaned(upload(content)).content)
    image.load()
    return image


def moving_png():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("given", SAMPLES)
@pytest.mark.parametrize("name", ["certificate.pdf", "photo.jpg", "evil.html", "nothing", "../../etc/passwd"])
def test_an_upload_is_judged_by_its_content_and_not_its_name(given, name):
    made = cleaned(upload(SAMPLES[given], name))
    is_pdf = given == "application/pdf"
    assert made.content_type == ("application/pdf" if is_pdf else "image/jpeg")
    assert made.name.endswith(".pdf" if is_pdf else ".jpg")
    assert "/" not in made.name
    assert made.content.read(4) == (b"%PDF" if is_pdf else b"\xff\xd8\xff\xe0")


PLAIN = "must be a PDF, or a photo"
REFUSED = [
    (b"", "file is empty"),
    (b"x" * (10 * 1024 * 1024 + 1), "10 MB or smaller"),
    (b"<html>hello</html>", PLAIN),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><!-- %PDF-1.7 --></svg>", PLAIN),
    (b"GIF89a" + pdf(), PLAIN),
    (saved(Image.new("RGB", (9, 9)), "TIFF"), PLAIN),
    (saved(Image.new("RGB", (9, 9)), "WEBP"), PLAIN),
    (zipped(), "Word or ZIP file"),
    (zipped() + pdf(), "Word or ZIP file"),
    (moving_png(), "picture moves"),
    (pdf(0), "no pages"),
    (pdf(MOST_PAGES + 1), "more than 100 pages"),
    (locked_pdf(), "needs a password"),
    (b"%PDF-1.7\nnot really", "PDF is damaged"),
    (picture("JPEG")[:200], "photo is damaged"),
    (picture("PNG")[:60], "photo is damaged"),
    (HEIC[:200], "photo is damaged"),
    (bomb_png(8_100), "too many dots"),
    (bomb_png(60_000), "photo is damaged"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_in_plain_words(content, words):
    with pytest.raises(NotAccepted, match=words):
        cleaned(upload(content, "certificate.pdf"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_photo_is_refused_after_a_pdf_was_made_too(kind, monkeypatch):
    """WeasyPrint sets this as it is imported."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture(kind)
    with pytest.raises(NotAccepted, match="photo is damaged"):
        cleaned(upload(whole[: len(whole) // 2]))


def test_nothing_but_the_dots_of_a_photo_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825)[2] = (51.0, 22.0, 53.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = saved(
        Image.new("RGB", (60, 40), "navy"), "JPEG", exif=exif, comment=b"Jo's house", icc_profile=profile, dpi=(9, 9)
    )
    assert b"Jo's house" in sent
    assert b"A phone" in sent
    stored = kept(sent)
    assert set(stored.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not stored.getexif()
    png = saved(Image.new("RGB", (60, 40)), "PNG", exif=exif, icc_profile=profile)
    assert set(kept(png).info) == set(stored.info)


def test_a_photo_is_stored_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("RGB", (60, 40), "white")
    lying.paste("black", (0, 0, 30, 40))
    stored = kept(saved(lying, "JPEG", exif=exif))
    assert stored.size == (40, 60)
    assert stored.getpixel((20, 5)) < (60, 60, 60)
    assert stored.getpixel((20, 55)) > (200, 200, 200)


def test_a_photo_of_40_megapixels_is_stored_at_a_size_that_can_be_read():
    stored = kept(saved(Image.new("RGB", (7300, 5500), "navy"), "JPEG"))
    assert stored.size[0] * stored.size[1] == pytest.approx(KEPT_PIXELS, rel=0.01)
    long = kept(saved(Image.new("L", (1080, 20_000), "white"), "PNG"))
    assert long.size[0] > 600


def test_a_heic_of_almost_10_mb_is_accepted():
    padded = HEIC + struct.pack(">I", 9_500_000) + b"free" + bytes(9_500_000 - 8)
    assert kept(padded).size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_kind_of_colour_is_kept_as_an_office_can_show_it(mode):
    stored = kept(saved(Image.new(mode, (60, 40)), "JPEG" if mode == "CMYK" else "PNG"))
    assert stored.mode in ("RGB", "L")


def test_grey_in_sixteen_bits_does_not_turn_white():
    grey = Image.new("I", (20, 20), 0x8000).convert("I;16")
    assert 120 < kept(saved(grey, "PNG")).getpixel((5, 5)) < 136


def test_what_is_seen_through_becomes_white_paper():
    assert kept(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) > (250, 250, 250)


def test_colours_are_turned_into_the_usual_ones_and_a_senseless_profile_is_ignored():
    image = Image.new("RGB", (20, 20), (200, 30, 30))
    assert kept(saved(image, "JPEG", icc_profile=b"nonsense")).getpixel((5, 5))[0] > 190
    cmyk = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    wrong = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert kept(saved(cmyk, "JPEG", icc_profile=wrong)).mode == "RGB"


def test_the_same_upload_twice_is_the_same_file_twice():
    for content in SAMPLES.values():
        assert cleaned(upload(content)).content.read() == cleaned(upload(content)).content.read()


def test_a_pdf_keeps_its_pages_and_loses_what_could_act():
    sent = armed_pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    stored = cleaned(upload(sent)).content.read()
    for words in (b"Jo Bloggs", b"Jo's house", b"A phone", b"/JavaScript", b"/Launch", b"cmd.exe", b"MZ", b"/XFA"):
        assert words in sent
        assert words not in stored
    with pikepdf.open(BytesIO(stored)) as document:
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in document.trailer
        page = document.pages[0]
        assert set(page.obj.keys()) <= {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}
        assert page.obj.Resources.XObject.Im0.Width == 20
        photo = pikepdf.PdfImage(page.obj.Resources.XObject.Im0).as_pil_image()
        assert photo.size == (20, 20)


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_pdf_that_its_owner_locked_is_accepted_and_unlocked(revision):
    """Insurers lock their certificates against changes; such a file opens without a password."""
    no_change = pikepdf.Permissions(modify_other=False, extract=False)
    lock = pikepdf.Encryption(
        owner="insurer", user="", R=revision, aes=revision >= 4, metadata=revision >= 4, allow=no_change
    )
    with pikepdf.open(cleaned(upload(armed_pdf(encryption=lock))).content) as document:
        assert not document.is_encrypted
        assert len(document.pages) == 1


def test_what_was_filled_into_a_form_stays_to_be_read():
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    ink = document.make_stream(b"q 0 0 50 20 re f Q")
    ink.update(pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 20]))
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[10, 10, 60, 30],
        F=4,
        AP=pikepdf.Dictionary(N=document.make_indirect(ink)),
    )
    page.obj.Annots = pikepdf.Array([document.make_indirect(stamp)])
    out = BytesIO()
    document.save(out)
    with pikepdf.open(cleaned(upload(out.getvalue())).content) as stored:
        assert "/Annots" not in stored.pages[0].obj
        assert len(stored.pages[0].obj.Resources.XObject) == 1


def folded(data, times=1):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def test_a_pdf_that_unfolds_into_gigabytes_is_refused():
    zeros = folded(b"0 " * 60_000_000)
    objects = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    hidden = b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(zeros)
    with pytest.raises(NotAccepted, match="PDF is damaged"):
        cleaned(upload(objects + hidden + zeros + b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n"))


def test_a_page_tree_that_goes_round_in_circles_is_refused():
    objects = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R 3 0 R (no page)]>>\nendobj\n",
        b"3 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>\nendobj\n",
    ]
    with pytest.raises(NotAccepted, match="The PDF"):
        cleaned(upload(b"%PDF-1.7\n" + b"".join(objects) + b"trailer\n<</Root 1 0 R>>\n"))


def test_a_pdf_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr("providers.credentials.pdfs.MOST_OBJECTS", 5)
    with pytest.raises(NotAccepted, match="too many parts"):
        cleaned(upload(pdf(9)))


def test_several_pages_come_together_in_their_order():
    pages = PagesField().clean([upload(pdf(), "one.pdf"), upload(picture(), "two.heic")])
    assert [page.name for page in pages] == ["one.pdf", "two.jpg"]


def test_each_refusal_names_its_file_and_what_is_good_is_not_lost():
    field = PagesField()
    with pytest.raises(ValidationError) as refused:
        field.clean([upload(b"<script>", "one.pdf"), upload(pdf(), "two.pdf"), upload(b"", "three.jpg")])
    assert [words.partition(":")[0] for words in refused.value.messages] == ["“one.pdf”", "“three.jpg”"]
    assert "file is empty" in refused.value.messages[1]
    assert [page.name for page in field.good] == ["two.pdf"]


def test_no_more_than_ten_files_are_taken_at_once():
    with pytest.raises(ValidationError, match="up to 10 files"):
        PagesField().clean([upload(pdf())] * 11)


def test_the_field_may_be_left_empty_when_it_is_optional():
    assert PagesField(required=False).clean([]) == []
    assert PagesField(required=False).clean(None) == []
    with pytest.raises(ValidationError, match="Choose a file"):
        PagesField().clean(None)


def test_one_file_is_as_good_as_a_list_of_one():
    assert len(PagesField().clean(upload(pdf()))) == 1


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", SAMPLES)
def test_no_damage_to_a_file_ever_raises_anything_else(kind):
    chance = random.Random(kind)
    for _round in range(100):
        content = bytearray(SAMPLES[kind])
        for _change in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        try:
            made = cleaned(upload(bytes(content)))
        except NotAccepted:
            continue
        assert made.content_type in ("application/pdf", "image/jpeg")
