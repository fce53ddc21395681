"""Certificates for tests, made on the spot."""

import base64
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# A 64 x 48 photograph as an iPhone writes it, since no HEIC encoder is among our packages.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAABgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRt"
    "AAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5j"
    "bHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACBtZGF0AAAAFCgBrwQY+Mpx1//7NrP2Sk5nSEec"
)


def pdf(pages=1, **save):
    out = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(out, **save)
    return out.getvalue()


def locked_pdf():
    return pdf(encryption=pikepdf.Encryption(owner="owner", user="secret"))


def picture(form="JPEG", size=(60, 40)):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def upload(content, name="certificate.pdf", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def saved(image, form, **options):
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def armed_pdf(**save):
    """A page with everything in and around it that a page needs not."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = script
    document.Root.AA = pikepdf.Dictionary(WC=script)
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), document.make_indirect(script)])
    )
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    document.attachments["virus.exe"] = b"MZ"
    with document.open_metadata() as about:
        about["dc:creator"] = ["Jo Bloggs"]
    document.docinfo["/Author"] = "Jo Bloggs"
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 100, 100],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
    )
    page.obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(link)]))
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=pikepdf.String("Jo Bloggs")))
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    photo = document.make_stream(saved(Image.new("RGB", (20, 20), "navy"), "JPEG", exif=exif, comment=b"Jo's house"))
    photo.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=20,
            Height=20,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
            Filter=pikepdf.Name.DCTDecode,
            Metadata=document.make_stream(b"<x:xmpmeta/>"),
            Hidden=pikepdf.Dictionary(Deeper=[pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://x"))]),
        )
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photo))
    page.obj.Contents = document.make_stream(b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    out = BytesIO()
    document.save(out, **save)
    return out.getvalue()
