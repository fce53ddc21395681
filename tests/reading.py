"""A page and a PDF read as their reader hears them: words in order."""

import io

import pdfplumber
from bs4 import BeautifulSoup


def words_of_page(html):
    main = BeautifulSoup(html, "html.parser").find("main")
    return main.get_text(" ").split()


def words_of_pdf(pdf):
    """The tagged text of a PDF, in the order of its structure tree. A table's head that a page repeats is furniture."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        marked = {}
        for page in opened.pages:
            for char in page.chars:
                if char.get("mcid") is not None:
                    marked.setdefault((page.page_number, char["mcid"]), []).append(char["text"])
        text = []
        for element in opened.structure_tree:
            gather(element, marked, text, element.get("page_number"))
    return " ".join(text).split()


def gather(element, marked, text, page_number):
    page_number = element.get("page_number", page_number)
    for mcid in element.get("mcids", []):
        text.append("".join(marked.get((page_number, mcid), [])))
    for child in without_repeated_head(element):
        gather(child, marked, text, page_number)


def without_repeated_head(element):
    """Every table of ours has a caption; a part without one goes on from the page before, under the same head."""
    children = element.get("children", [])
    kinds = [child["type"] for child in children]
    if element["type"] != "Table" or "Caption" in kinds:
        return children
    return [child for child in children if child["type"] != "THead"]
