"""Rows from wherever they lie: files, folders, tables joined by their ids, and feeds read page by page."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from providers.models import ImportedRow, Listing, Service
from providers.open_referral import fetching
from providers.open_referral.actions import AlreadyRunningError, Import, _alone, import_services
from providers.open_referral.fetching import CannotFetch, Fetcher
from providers.open_referral.sources import CannotRead, rows_of
from tests.providers.open_referral.test_reading import WILTSHIRE, service


def rows(count, **more):
    return [service(id=f"s-{number}", name=f"Help {number}", **more) for number in range(count)]


@pytest.fixture
def serve():
    """A feed on this machine: what it answers by path and query, and what it was asked."""
    answers, asked = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, headers, body = answers.get(self.path, (404, {}, b"no"))
            if isinstance(status, list):
                status = status.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"

    def put(path, document, status=200, headers=None):
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        answers[path] = (status, headers or {"Content-Type": "application/json"}, body)

    yield put, address, asked
    server.shutdown()
    thread.join()
    server.server_close()


def quick(**more):
    return Fetcher(sleep=lambda seconds: None, **more)


def test_a_feed_is_read_to_its_last_page(serve):
    put, address, asked = serve
    for page in (1, 2, 3):
        path = "/v3/services?per_page=100" + (f"&page={page}" if page > 1 else "")
        put(path, {"total_pages": 3, "page_number": page, "contents": [{"id": page}]})
    assert list(quick().rows(f"{address}/v3")) == [{"id": 1}, {"id": 2}, {"id": 3}]
    assert len(asked) == 3


def test_a_feed_that_gives_the_same_page_for_ever_is_left(serve):
    put, address, _asked = serve
    put("/services?per_page=100", {"last_page": False, "contents": [{"id": 1}]})
    put("/services?per_page=100&page=2", {"last_page": False, "contents": [{"id": 1}]})
    assert list(quick().rows(f"{address}/services")) == [{"id": 1}]


def test_links_to_the_next_page_and_lines_are_followed(serve):
    put, address, _asked = serve
    put("/feed.json", {"contents": [{"id": 1}], "next": "/more.json"})
    put("/more.json", [{"id": 2}])
    put("/all.ndjson", b'{"id": 3}\n\n{"id": 4}', headers={"Content-Type": "application/x-ndjson"})
    put("/bad.ndjson", b"{", headers={"Content-Type": "application/x-ndjson"})
    assert list(quick().rows(f"{address}/feed.json")) == [{"id": 1}, {"id": 2}]
    assert list(rows_of(f"{address}/all.ndjson", quick())) == [{"id": 3}, {"id": 4}]
    with pytest.raises(CannotFetch, match="a line that is not JSON"):
        list(quick().rows(f"{address}/bad.ndjson"))


def test_what_passes_is_tried_again_and_what_does_not_is_said(serve):
    put, address, _asked = serve
    put("/slow.json", [{"id": 1}], status=[503, 429, 200], headers={"Retry-After": "1"})
    assert list(quick().rows(f"{address}/slow.json")) == [{"id": 1}]
    put("/down.json", [], status=500)
    for path, reason in (
        ("/down.json", "did not answer: it answered 500"),
        ("/gone.json", "answered 404"),
    ):
        with pytest.raises(CannotFetch, match=reason):
            list(quick().rows(f"{address}{path}"))
    put("/words.json", b"<html>")
    with pytest.raises(CannotFetch, match="did not answer with JSON"):
        list(quick().rows(f"{address}/words.json"))
    put("/none.json", {"a": 1})
    with pytest.raises(CannotFetch, match="no list called contents"):
        list(quick().rows(f"{address}/none.json"))
    put("/long.json", [{"id": 1}] * 100)
    with pytest.raises(CannotFetch, match="Ask for smaller pages"):
        list(quick(most_bytes=50).rows(f"{address}/long.json"))


def test_nobody_is_sent_to_an_address_inside_a_private_network(serve):
    put, address, _asked = serve
    put("/away.json", b"", status=302, headers={"Location": "http://10.0.0.1/secrets"})
    with pytest.raises(CannotFetch, match="inside a private network"):
        list(quick().rows(f"{address}/away.json"))
    put("/round.json", b"", status=302, headers={"Location": "/round.json"})
    with pytest.raises(CannotFetch, match="sends on and on"):
        list(quick().rows(f"{address}/round.json"))
    put("/file.json", b"", status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(CannotFetch, match="not an http or https address"):
        list(quick().rows(f"{address}/file.json"))


def test_an_address_can_be_typed_into_the_command(serve, db, capsys, monkeypatch):
    put, address, _asked = serve
    monkeypatch.setattr(fetching, "PAUSE", 0)
    put("/services?per_page=100", {"contents": [service()], "total_pages": 1})
    call_command("import_open_referral", address, "--council", WILTSHIRE, verbosity=0)
    assert ImportedRow.objects.get().source == "the open feed of 127.0.0.1"
    with pytest.raises(CommandError, match="answered 404"):
        call_command("import_open_referral", f"{address}/no.json", "--council", WILTSHIRE, verbosity=0)


def test_a_folder_is_all_its_files_in_order(tmp_path):
    (tmp_path / "b.ndjson").write_text("\n".join(json.dumps(row) for row in rows(2)))
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(rows(1)), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("none of it")
    assert [row["id"] for row in rows_of(str(tmp_path))] == ["s-0", "s-0", "s-1"]


def test_a_folder_without_any_says_so(tmp_path):
    with pytest.raises(CannotRead, match=r"holds no \.json"):
        list(rows_of(str(tmp_path)))


def test_a_package_of_tables_is_joined_by_its_ids(tmp_path):
    (tmp_path / "services.csv").write_text("id,name,status,organization_id\ns1,Help,active,o1\ns2,Walks,active,\n")
    (tmp_path / "organizations.csv").write_text("id,name,description\no1,Hand in Hand,Two sisters\n")
    (tmp_path / "service_areas.json").write_text('[{"service_id": "s1", "name": "Wiltshire"}, "odd"]')
    (tmp_path / "service_at_locations.csv").write_text("id,service_id,location_id\na,s1,l1\nb,s1,l2\n")
    (tmp_path / "locations.csv").write_text("id,latitude,longitude\nl1,51.4,-2.3\n")
    (tmp_path / "addresses.csv").write_text("location_id,postal_code\nl1,BA1 1LZ\n")
    (tmp_path / "attributes.csv").write_text("link_id,taxonomy_term_id\ns1,t1\n")
    (tmp_path / "taxonomy_terms.csv").write_text("id,name\nt1,Cleaning\n")
    first, second = rows_of(str(tmp_path))
    assert first["organization"]["name"] == "Hand in Hand"
    assert first["service_areas"][0]["name"] == "Wiltshire"
    assert first["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "BA1 1LZ"
    assert "location" not in first["service_at_locations"][1]
    assert first["attributes"][0]["taxonomy_term"]["name"] == "Cleaning"
    assert "organization" not in second


@pytest.fixture
def run(db, council):
    refused = []
    now = timezone.now()
    return Import(council=council, source="A list", publish=True, now=now, today=now.date(), refuse=refused.append)


class StoppedError(Exception):
    pass


def stops_after(count, given):
    yield from given[:count]
    raise StoppedError


def test_a_run_that_was_stopped_goes_on_and_nothing_is_there_twice(run, monkeypatch):
    monkeypatch.setattr("providers.open_referral.actions.AT_ONCE", 2)
    with pytest.raises(StoppedError):
        import_services(rows=stops_after(5, rows(8)), run=run, progress=lambda number: None)
    assert (Service.every.count(), Listing.objects.count()) == (4, 0)
    run.added = 0
    import_services(rows=iter(rows(8)), run=run, progress=lambda number: None)
    assert (run.added, run.unchanged) == (4, 4)
    assert (Service.every.count(), Listing.objects.count()) == (8, 8)
    assert not ImportedRow.objects.filter(waits=True).exists()


def test_what_its_source_ends_leaves_the_page_and_comes_back_with_it(run):
    import_services(rows=iter(rows(2)), run=run, progress=lambda number: None)
    import_services(rows=iter(rows(2, status="defunct")[:1]), run=run, progress=lambda number: None)
    assert run.ended == 1
    assert set(Listing.objects.values_list("name", flat=True)) == {"Help 1"}
    import_services(rows=iter(rows(2)), run=run, progress=lambda number: None)
    assert Listing.objects.count() == 2


def test_a_service_that_moves_to_another_organisation_leaves_the_one_it_was_of(run):
    import_services(rows=iter(rows(2)), run=run, progress=lambda number: None)
    moved = service(id="s-0", name="Help 0", organization={"id": "org-2", "name": "Others"})
    import_services(rows=iter([moved]), run=run, progress=lambda number: None)
    assert set(Listing.objects.values_list("name", "provider_name")) == {
        ("Help 0", "Others"),
        ("Help 1", "Hand in Hand"),
    }


def test_two_runs_of_one_source_do_not_get_in_each_others_way(run, monkeypatch):
    monkeypatch.setattr(_alone, "_ask", lambda self, query: False)
    with pytest.raises(AlreadyRunningError):
        import_services(rows=iter(rows(1)), run=run, progress=lambda number: None)
