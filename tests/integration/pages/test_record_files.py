"""Customers' records as a CSV file: out, checked, and in."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, CustomerRecord
from portal.access.roles import Role
from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.pages.records import record_of
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import given, person, signed_in_as

EXPORT, IMPORT = "/cross-connections/records.csv", "/cross-connections/records/import/"
OTHER = "6b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    cross_connection(row.subscription, OTHER, circuit_name="er-other")
    return row


def export(client: Client, query: str = "") -> str:
    answer = client.get(EXPORT + query)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def check(client: Client, text: str) -> str:
    answer = client.post(IMPORT, {"text": text})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def refuse(client: Client, **form: object) -> str:
    answer = client.post(IMPORT, form)
    assert answer.status_code == 422
    return html.unescape(answer.content.decode())


def plan(page: str) -> dict[str, str]:
    found = re.search(r'name="plan" value="([^"]+)"', page)
    return {"plan": found[1]} if found else {}


def apply(client: Client, page: str) -> str:
    answer = client.post(IMPORT, plan(page))
    assert answer.status_code == 303
    return html.unescape(client.get(answer.headers["Location"]).content.decode())


def test_the_file_has_a_line_for_each_of_the_list_and_is_on_record(support: Client, row: CrossConnection):
    record_of(row, contacts="+49 69 1234567\nNOC")
    text = export(support, "?location=Amsterdam")
    head, first, *_ = text.removeprefix("\ufeff").splitlines()
    assert head.startswith("service_key,circuit_name,peering_location,customer,reference,contacts,service,sku_tier")
    assert first.startswith(f"{KEY},er-contoso-prod-ams,Amsterdam,Contoso Rail Freight,NL-2026-00417,\"'+49 69 1234567")
    assert f"{OTHER},er-other,Amsterdam,,,,,,,," in text
    assert OTHER not in export(support, f"?q={KEY}")
    assert Entry.objects.filter(deed="records.exported").count() == 2


def test_the_file_brought_back_changes_nothing(support: Client, row: CrossConnection):
    record_of(row, customer="=Contoso", reference="'=x", contacts='+49 69 1234567\nAnna; "NOC"', internal_notes="a,b")
    content = support.get(EXPORT).getvalue()
    answer = support.post(IMPORT, {"file": SimpleUploadedFile("customers.csv", content)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 unchanged" in page
    assert plan(page) == {}
    assert "Nothing would change." in page


def test_the_check_tells_line_by_line_and_keeps_nothing(support: Client, row: CrossConnection):
    record_of(row)
    before = list(CustomerRecord.objects.values())
    lines = (f"{KEY};Contoso AG;03.04.2027", f"{OTHER};Fabrikam;", "nope;A;", f"{OTHER[:-1]}1;B;03/04/2026")
    page = check(support, "\n".join(("service_key;customer;planned_on", *lines)))
    assert "1 new, 1 changed, 2 refused" in page
    assert "<del>Contoso Rail Freight</del> <ins>Contoso AG</ins>" in page
    assert "<del>3 Dec 2026</del> <ins>3 Apr 2027</ins>" in page
    assert "No cross connection of this service key is known where your role holds." in page
    assert "03/04/2026 can be read in two ways" in page
    assert "Apply 2 lines" in page
    assert "Refused lines are left out." in page
    assert list(CustomerRecord.objects.values()) == before


def test_what_was_checked_is_kept_and_told(support: Client, row: CrossConnection):
    record_of(row)
    lines = f"{KEY},Contoso AG,,\n{OTHER},Fabrikam,NL-2,2027-01-31"
    page = check(support, f"service_key,customer,reference,planned_on\n{lines}")
    assert "2 records kept." in apply(support, page)
    first, second = CustomerRecord.objects.order_by("pk")
    assert (first.customer, first.reference, first.planned_on) == ("Contoso AG", "", None)
    assert first.internal_notes == "Cage 14.", "no column names it"
    assert (second.customer, str(second.planned_on)) == ("Fabrikam", "2027-01-31")
    assert second.changed_by == User.objects.get(name="Lotte de Vries")


def test_what_somebody_else_wrote_since_the_check_is_left_out_and_told(support: Client, row: CrossConnection):
    record_of(row)
    page = check(support, f"service_key,customer\n{KEY},Contoso AG\n{OTHER},Fabrikam")
    CustomerRecord.objects.update(reference="NL-9", version=2)
    told = apply(support, page)
    assert "1 record kept, 1 left out." in told
    assert f"<code>{KEY}</code> Somebody else has written into its record since the check." in told
    assert CustomerRecord.objects.get(pk=row.pk).customer == "Contoso Rail Freight"


def test_applying_twice_is_applying_once(support: Client, row: CrossConnection):
    page = check(support, f"service_key,customer\n{KEY},Contoso AG")
    apply(support, page)
    apply(support, page)
    assert CustomerRecord.objects.get().version == 1


def test_a_plan_of_somebody_else_or_of_nobody_is_not_applied(support: Client, row: CrossConnection):
    signed = plan(check(support, f"service_key,customer\n{KEY},Contoso AG"))
    another = signed_in_as(person("Sam Ortiz", "Portal.Support"))
    for browser, form in ((another, signed), (support, {"plan": signed["plan"][:-1]}), (support, {"plan": ""})):
        answer = browser.post(IMPORT, form)
        assert answer.status_code == 409
        assert "Nothing was kept: check the file again." in answer.content.decode()
    assert not CustomerRecord.objects.exists()


def test_a_plan_is_good_for_half_an_hour(support: Client, row: CrossConnection, monkeypatch: pytest.MonkeyPatch):
    signed = plan(check(support, f"service_key,customer\n{KEY},Contoso AG"))
    at = timezone.now().timestamp() + 1_801
    monkeypatch.setattr("time.time", lambda: at)
    assert support.post(IMPORT, signed).status_code != 303
    assert not CustomerRecord.objects.exists()


def test_what_is_no_such_file_is_refused_with_a_sentence_and_the_text_stays(support: Client, row: CrossConnection):
    page = refuse(support, text=f"service_key,phone\n{KEY},+49")
    assert "Nobody knows the column “phone”." in page
    assert f"{KEY},+49</textarea>" in page
    assert "Choose a file, or paste its text below." in refuse(support)
    assert "not both" in refuse(support, text="a", file=SimpleUploadedFile("a.csv", b"a"))
    assert "not in UTF-8" in refuse(support, file=SimpleUploadedFile("a.csv", "service_key;Zürich".encode("latin-1")))
    assert "larger than 1 MB" in refuse(support, file=SimpleUploadedFile("a.csv", b"x" * 1_000_001))


def test_a_file_with_characters_that_no_database_takes_is_checked_line_by_line(support: Client, row: CrossConnection):
    lines = [b"service_key,customer", f"{KEY[:8]}\0{KEY[8:]},Contoso".encode(), f"{KEY},Con\0toso".encode()]
    answer = support.post(IMPORT, {"file": SimpleUploadedFile("a.csv", b"\r\n".join(lines))})
    assert answer.status_code == 200
    told = html.unescape(answer.content.decode())
    assert "Its service key has a control character in it." in told
    assert "customer: It has a control character in it." in told
    assert plan(told) == {}


@pytest.mark.parametrize("files", [{"other": b"a"}, {"file": b"a", "other": b"b"}, {"file": b"x" * 3_100_000}])
def test_a_file_where_none_is_taken_or_far_too_large_a_one_is_no_request(
    support: Client, row: CrossConnection, files: dict[str, bytes]
):
    form = {name: SimpleUploadedFile("a.csv", content) for name, content in files.items()}
    assert support.post(IMPORT, form).status_code == 400


def test_whoever_may_not_keep_records_brings_and_takes_none(viewer: Client, row: CrossConnection):
    assert viewer.get(IMPORT).status_code == 403
    assert viewer.get(EXPORT).status_code == 403
    assert viewer.post(IMPORT, {"file": SimpleUploadedFile("a.csv", b"a")}).status_code == 403
    assert IMPORT not in viewer.get("/cross-connections/").content.decode()


def test_the_list_leads_there_with_its_filters(support: Client, row: CrossConnection):
    page = support.get("/cross-connections/?location=Amsterdam").content.decode()
    assert f'href="{IMPORT}?location=Amsterdam"' in page
    assert f'href="{EXPORT}?location=Amsterdam"' in support.get(f"{IMPORT}?location=Amsterdam").content.decode()


def test_a_role_that_holds_at_a_part_takes_and_changes_that_part_alone(row: CrossConnection):
    elsewhere = cross_connection(row.subscription, peering_location="Frankfurt", circuit_name="er-secret")
    somebody = person("Sam Ortiz")
    given(Role.SUPPORT, to=somebody, kind="peering-location", where="Amsterdam")
    given(Role.VIEWER, to=somebody, kind="peering-location", where="Frankfurt")
    browser = signed_in_as(somebody)
    text = export(browser)
    assert KEY in text
    assert elsewhere.service_key not in text
    page = check(browser, f"service_key,customer\n{elsewhere.service_key},A")
    assert "To keep its record takes the role Support there." in page
    assert "er-secret" not in page
