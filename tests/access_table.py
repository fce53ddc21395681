"""Who gets what at every address that the resolver knows. `tests/test_access.py` holds the product to it.

A row names an address as `urls.py` writes it. What it holds in angle brackets comes from `tests/access_world.py`:
Rosie's provider, the Bath requirement and so on, unless the row gives something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SIGN_IN = "is sent to sign in"

# Of Rosie's provider, of another one, of the council that checks Rosie, of the council next door, of the site.
PROVIDERS = ("owner", "colleague", "stranger")
STAFF = ("checker", "administrator", "commissioner", "second_commissioner")
NEIGHBOURS = ("other_checker", "other_administrator", "other_commissioner")
SIGNED_IN = (*PROVIDERS, *STAFF, *NEIGHBOURS, "operator")
ROLES = ("signed_out", *SIGNED_IN)


@dataclass(frozen=True)
class Audience:
    """`may` is answered; `read_only` belong there and may not do this: 403. For everybody else there is no page."""

    may: tuple[str, ...]
    read_only: tuple[str, ...] = ()
    signed_out: int | str = SIGN_IN

    def answer(self, role, answer):
        if role in self.may:
            return answer
        if role == "signed_out":
            return self.signed_out
        return 403 if role in self.read_only else 404


@dataclass(frozen=True)
class Row:
    """What those who may get on GET and on POST; None where the method is refused. `but` names the exceptions."""

    audience: Audience
    get: int | None = 200
    post: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    but: Mapping[str, int | str] = field(default_factory=dict)
    # What other methods get; allauth leads some on before it looks at the method.
    refused: int = 405

    def expected(self, role, method):
        answer = {"GET": self.get, "POST": self.post}[method]
        if answer is None:
            return None
        return self.but.get(role, self.audience.answer(role, answer))


def only_in_council(*may):
    """The named roles of the council; its other staff belong there and may not."""
    return Audience(may, tuple(role for role in STAFF if role not in may))


ANYONE = Audience(ROLES)
ANYONE_SIGNED_IN = Audience(SIGNED_IN)
NOBODY = Audience((), signed_out=404)
OPERATOR = Audience(("operator",))
OWNER = Audience(("owner",), ("colleague",))
PROVIDER_PEOPLE = Audience(("owner", "colleague"))
CHECKER = only_in_council("checker")
ADMINISTRATOR = only_in_council("administrator")
SEES_QUEUE = only_in_council("checker", "administrator")
WRITES = only_in_council("commissioner", "second_commissioner")
READS = only_in_council("commissioner", "second_commissioner", "administrator")
# The council next door, which Rosie has asked to list her too.
ASKED = Audience(("other_checker",), ("other_administrator", "other_commissioner"))
SEES_ASKED = Audience(("other_checker", "other_administrator"), ("other_commissioner",))
SEES_EVIDENCE = Audience(
    ("owner", "colleague", "checker", "other_checker"),
    ("administrator", "commissioner", "second_commissioner", "other_administrator", "other_commissioner"),
)
# Where an address names no council, staff of any council come to their own.
ANY_QUEUE = Audience(
    (*SEES_QUEUE.may, "other_checker", "other_administrator"), (*SEES_QUEUE.read_only, "other_commissioner")
)
ANY_CHECKER = Audience(
    (*CHECKER.may, "other_checker"), (*CHECKER.read_only, "other_administrator", "other_commissioner")
)
ANY_READER = Audience((*READS.may, "other_commissioner", "other_administrator"), (*READS.read_only, "other_checker"))
ANY_WRITER = Audience((*WRITES.may, "other_commissioner"), (*WRITES.read_only, "other_checker", "other_administrator"))

# Those who are signed in have no use for the pages of signing in, and are led on; others get the page.
ONLY_SIGNED_OUT = {"signed_out": 200}

# The open feed: each address with a slash at its end and without.
FEED_LISTS = ["services", "taxonomies", "taxonomy_terms", "service_at_locations", "organizations"]
FEED_KEYS = ["service_id", "feed_taxonomy_id", "feed_term_id", "feed_link_id", "feed_organization_id"]
FEED = {
    **{slash: Row(ANYONE) for slash in ("", "/")},
    **{f"/{name}{slash}": Row(ANYONE) for name in FEED_LISTS for slash in ("", "/")},
    **{
        # Rosie goes to people: none of hers is at a place.
        f"/{name}/<uuid:id>{slash}": Row(ANYONE, get=404 if key == "feed_link_id" else 200, given={"id": key})
        for name, key in zip(FEED_LISTS, FEED_KEYS, strict=True)
        for slash in ("", "/")
    },
    "/openapi.json": Row(ANYONE),
    "/<path:rest>": Row(ANYONE, get=404, given={"rest": "slug"}),
}

SITE = {
    "": Row(ANYONE),
    "accessibility/": Row(ANYONE),
    "privacy/": Row(ANYONE),
    "open-data/": Row(ANYONE),
    "check-a-summary/": Row(ANYONE, post=200),
    "check-a-summary/file/": Row(ANYONE, get=302, post=200),
    "robots.txt": Row(ANYONE),
    "healthz/": Row(ANYONE),
    "categories/": Row(ANYONE),
    "categories.json": Row(ANYONE),
    "find/": Row(ANYONE),
    "find/map/": Row(ANYONE, get=302),
    "find/map/points.json": Row(ANYONE, get=400),
    "find/nobody/": Row(ANYONE, get=None, post=400),
    "find/nobody/told/": Row(ANYONE),
    "providers/<slug:slug>/": Row(ANYONE),
    "providers/<slug:slug>/where/<uuid:service_id>.svg": Row(ANYONE),
    "still-right/<str:token>/": Row(ANYONE, post=302, given={"token": "asked_token"}),
    "p/<slug:code>/": Row(ANYONE, get=302, given={"code": "short_code"}),
    "open-referral/": Row(ANYONE),
    **{f"open-referral/v3{address}": row for address, row in FEED.items()},
    "api/services/": Row(ANYONE),
    "api/": Row(ANYONE),
    "api/services/<uuid:id>/": Row(ANYONE, given={"id": "service_id"}),
    "api/services/<uuid:id>/coverage/": Row(ANYONE, given={"id": "service_id"}),
    "api/services/<uuid:id>/availability/": Row(ANYONE, given={"id": "service_id"}),
    "api/providers/": Row(ANYONE),
    "api/providers/<uuid:id>/": Row(ANYONE, given={"id": "provider_id"}),
    "api/providers/<uuid:id>/credentials/": Row(ANYONE, given={"id": "provider_id"}),
    "api/providers/<uuid:id>/confirmation/": Row(
        Audience(("owner",), ("colleague",), signed_out=401), get=None, post=200, given={"id": "provider_id"}
    ),
    "api/councils/": Row(ANYONE),
    "api/me/": Row(Audience(SIGNED_IN, signed_out=401)),
    "account/api-keys/": Row(ANYONE_SIGNED_IN, post=200),
    "account/api-keys/<uuid:key_id>/end/": Row(Audience(("owner",)), get=None, post=302),
    "api/categories/": Row(ANYONE),
    "api/schema/": Row(ANYONE),
    # Off outside the demonstration, for everybody.
    "demo/sign-in/<slug:role>/": Row(NOBODY, post=302),
    "demo/mail/": Row(NOBODY),
}

ACCOUNTS = {
    "accounts/login/": Row(ANYONE, get=302, post=302, but=ONLY_SIGNED_OUT),
    "accounts/login/code/": Row(ANYONE_SIGNED_IN, get=302, post=302, refused=302),
    "accounts/logout/": Row(ANYONE, get=200, post=302, but={"signed_out": 302}),
    "accounts/closed/": Row(ANYONE),
    "accounts/email/": Row(ANYONE_SIGNED_IN, post=302),
    "accounts/email/confirm/": Row(ANYONE_SIGNED_IN, get=302, post=302, refused=302),
    "accounts/2fa/": Row(ANYONE_SIGNED_IN),
    "accounts/2fa/authenticate/": Row(ANYONE_SIGNED_IN, get=302, post=302, refused=302),
    "accounts/2fa/reauthenticate/": Row(ANYONE_SIGNED_IN, post=200),
    "accounts/2fa/totp/activate/": Row(ANYONE_SIGNED_IN, get=302, post=302, refused=302),
    "accounts/2fa/totp/deactivate/": Row(ANYONE_SIGNED_IN, post=302),
    "accounts/2fa/recovery-codes/": Row(ANYONE_SIGNED_IN),
    "accounts/2fa/recovery-codes/generate/": Row(ANYONE_SIGNED_IN, post=302),
    "accounts/2fa/recovery-codes/download/": Row(ANYONE_SIGNED_IN),
    "accounts/2fa/webauthn/": Row(ANYONE_SIGNED_IN),
    "accounts/2fa/webauthn/add/": Row(ANYONE_SIGNED_IN, post=200),
    "accounts/2fa/webauthn/login/": Row(ANYONE_SIGNED_IN, get=302, post=302, refused=302),
    "accounts/2fa/webauthn/reauthenticate/": Row(ANYONE_SIGNED_IN, post=302),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": Row(Audience(("owner",)), post=302, refused=302),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": Row(Audience(("owner",)), post=200),
    "account/": Row(ANYONE_SIGNED_IN),
    "account/name/": Row(ANYONE_SIGNED_IN, post=200),
    "account/leave/": Row(ANYONE_SIGNED_IN, post=200),
    # The stranger is invited: the link tells the signed-out to sign in, and others that it is not theirs.
    "invitations/<uuid:invitation_id>/": Row(Audience(("stranger",), SIGNED_IN, signed_out=200), post=302),
}

COUNCILS = {
    "councils/<slug:code>/": Row(ADMINISTRATOR),
    "councils/<slug:code>/people/": Row(ADMINISTRATOR),
    "councils/<slug:code>/people/<int:membership_id>/end/": Row(ADMINISTRATOR, post=302),
    "councils/<slug:code>/invite/": Row(ADMINISTRATOR, post=200),
    "councils/<slug:code>/invitations/<uuid:invitation_id>/withdraw/": Row(ADMINISTRATOR, get=None, post=302),
    "councils/<slug:code>/settings/": Row(ADMINISTRATOR, post=200),
    "councils/<slug:code>/audit/": Row(ADMINISTRATOR),
    "councils/<slug:code>/checks-asked-for/": Row(ADMINISTRATOR),
    "councils/<slug:code>/checks-asked-for/<slug:kind>/": Row(ADMINISTRATOR, post=200),
    "councils/<slug:code>/changes-at-once/": Row(ADMINISTRATOR, post=200),
    "operator/": Row(OPERATOR),
    "operator/councils/<slug:code>/": Row(OPERATOR),
    "operator/councils/<slug:code>/switch/": Row(OPERATOR, post=302),
    "operator/councils/<slug:code>/invite/": Row(OPERATOR, post=200),
}

THEIR_LIST, LOOK = {"token": "list_token"}, {"token": "look_token"}
ON_LIST = "shortlist/<str:token>/<uuid:service_id>/"
LETTERS = {"size": "letters"}
# A family has no account: the link is all there is.
LISTS = {
    "shortlist/": Row(ANYONE),
    "shortlist/keep/": Row(ANYONE, get=None, post=302, typed={"service": "service_id"}),
    "shortlist/forget/": Row(ANYONE, get=None, post=302),
    "shortlist/<str:token>/": Row(ANYONE, given=THEIR_LIST),
    "shortlist/<str:token>/side-by-side/": Row(ANYONE, given=THEIR_LIST),
    "shortlist/<str:token>/on-paper/": Row(ANYONE, given=THEIR_LIST),
    "shortlist/<str:token>/on-paper/<slug:size>.pdf": Row(ANYONE, given=THEIR_LIST | LETTERS),
    "shortlist/<str:token>/send/": Row(ANYONE, post=200, given=THEIR_LIST),
    "shortlist/<str:token>/send/new-link/": Row(ANYONE, get=None, post=302, given=THEIR_LIST),
    "shortlist/<str:token>/remember/": Row(ANYONE, get=None, post=302, given=THEIR_LIST),
    "shortlist/<str:token>/delete/": Row(ANYONE, post=302, given=THEIR_LIST),
    **{
        f"{ON_LIST}{what}/": Row(ANYONE, get=None, post=302, given=THEIR_LIST)
        for what in ("note", "up", "down", "take-off", "put-back")
    },
    "shared-list/<str:token>/": Row(ANYONE, given=LOOK),
    "shared-list/<str:token>/side-by-side/": Row(ANYONE, given=LOOK),
    "shared-list/<str:token>/on-paper/": Row(ANYONE, given=LOOK),
    "shared-list/<str:token>/on-paper/<slug:size>.pdf": Row(ANYONE, given=LOOK | LETTERS),
}

MINE = "my/<slug:slug>/credentials/"
JOINING = {
    MINE: Row(PROVIDER_PEOPLE),
    f"{MINE}add/": Row(OWNER),
    f"{MINE}add/<slug:kind>/": Row(OWNER, post=200),
    f"{MINE}<uuid:credential_id>/": Row(PROVIDER_PEOPLE),
    f"{MINE}<uuid:credential_id>/renew/": Row(OWNER, post=200),
    f"{MINE}<uuid:credential_id>/correct/": Row(OWNER, get=302, post=302),
    f"{MINE}<uuid:credential_id>/withdraw/": Row(OWNER, post=302),
    "my/<slug:slug>/references/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/references/ask/": Row(OWNER, post=200),
    "my/<slug:slug>/references/<uuid:reference_id>/withdraw/": Row(OWNER, get=None, post=302),
    # A customer has no account: the link is all there is.
    "references/<str:token>/": Row(ANYONE, post=200, given={"token": "reference_token"}),
    "references/<str:token>/rather-not/": Row(ANYONE, get=None, post=302, given={"token": "reference_token"}),
    "councils/<slug:code>/references/<uuid:reference_id>/safeguarding/": Row(
        CHECKER, post=302, given={"reference_id": "answered_reference_id"}
    ),
    "join/": Row(ANYONE),
    "join/another/": Row(ANYONE_SIGNED_IN, get=None, post=302),
    "join/steps/": Row(ANYONE_SIGNED_IN),
    "join/steps/<slug:step>/": Row(ANYONE_SIGNED_IN, post=200),
    "join/preview/": Row(ANYONE_SIGNED_IN),
    "my/<slug:slug>/preview/": Row(OWNER),
    "join/link/": Row(ANYONE_SIGNED_IN, get=None, post=302),
    "my/<slug:slug>/link/": Row(OWNER, get=None, post=302),
    "join/services/add/": Row(ANYONE_SIGNED_IN, get=None, post=302),
    "join/services/<slug:service>/take-off/": Row(ANYONE_SIGNED_IN, post=200),
    # The operator registers a business that looks like one on record, and is asked about that first.
    "join/check/": Row(ANYONE_SIGNED_IN, post=302, but={"operator": 302}),
    "join/files/<uuid:file_id>/": Row(OWNER),
    "join/files/<uuid:file_id>/earlier/": Row(OWNER, get=None, post=302),
    "join/files/<uuid:file_id>/remove/": Row(OWNER, get=None, post=302),
    # Somebody without a provider is led to where one begins.
    "my/": Row(ANYONE_SIGNED_IN, get=302),
    "my/<slug:slug>/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/sent/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/open-feed/": Row(OWNER, post=200),
    "my/<slug:slug>/confirm/": Row(OWNER, get=None, post=302),
    "my/<slug:slug>/figures/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/qr.<slug:kind>": Row(PROVIDER_PEOPLE, given={"kind": "picture"}),
    "my/<slug:slug>/leave/": Row(OWNER, post=200),
    "my/<slug:slug>/data/": Row(OWNER),
    "my/<slug:slug>/data/<slug:kind>/": Row(OWNER, get=None, post=200, given={"kind": "data_kind"}),
    "my/<slug:slug>/flyer/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/passport/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/passport.pdf": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/passport/links/": Row(OWNER, get=None, post=302, typed={"days": "days"}),
    "my/<slug:slug>/passport/links/<uuid:link_id>/end/": Row(OWNER, get=None, post=302),
    "passport/<str:token>/": Row(ANYONE),
    "my/<slug:slug>/flyer/<slug:size>.pdf": Row(PROVIDER_PEOPLE, given={"size": "paper"}),
    "my/<slug:slug>/steps/": Row(OWNER),
    "my/<slug:slug>/steps/<slug:step>/": Row(OWNER, post=200),
    "my/<slug:slug>/services/add/": Row(OWNER, get=None, post=302),
    "my/<slug:slug>/services/<slug:service>/take-off/": Row(OWNER, post=200),
    "my/<slug:slug>/changes/<uuid:change_id>/answer/": Row(OWNER, post=200),
    "my/<slug:slug>/check/": Row(OWNER, post=302),
    "my/<slug:slug>/councils/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/councils/ask/": Row(OWNER, post=200),
    "my/<slug:slug>/councils/<slug:code>/leave/": Row(OWNER, post=302),
}

TWIN = "join/is-this-you/<uuid:provider_id>/"
INTRODUCING = {
    "join/is-this-you/": Row(ANYONE_SIGNED_IN, get=302, post=302, but={"operator": 200}),
    f"{TWIN}another-business/": Row(OPERATOR, get=None, post=302),
    f"{TWIN}ask-the-council/": Row(OPERATOR, post=200),
    # The stranger is invited: the link tells the signed-out to sign in, and others that it is not theirs.
    "join/invited/<uuid:draft_id>/": Row(Audience(("stranger",), SIGNED_IN, signed_out=200), post=302),
    "checks/claims/": Row(ANY_CHECKER),
    "checks/claims/<uuid:claim_id>/": Row(CHECKER, post=200),
    "checks/invite/": Row(ANY_QUEUE, post=200),
    "checks/register/": Row(ANY_QUEUE, post=200),
    "checks/register/<uuid:draft_id>/steps/": Row(SEES_QUEUE),
    "checks/register/<uuid:draft_id>/steps/<slug:step>/": Row(SEES_QUEUE, post=200),
    "checks/register/<uuid:draft_id>/check/": Row(SEES_QUEUE, post=302),
    "checks/introduced/": Row(ANY_QUEUE),
    "checks/introduced/<uuid:draft_id>/send-again/": Row(SEES_QUEUE, get=None, post=302),
    "checks/introduced/<uuid:draft_id>/withdraw/": Row(SEES_QUEUE, get=None, post=302),
}

THEIR_INVITATION = {"invitation_id": "provider_invitation_id"}
PEOPLE = {
    "my/<slug:slug>/people/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/people/invite/": Row(OWNER, post=200),
    "my/<slug:slug>/people/invitations/<uuid:invitation_id>/withdraw/": Row(
        OWNER, get=None, post=302, given=THEIR_INVITATION
    ),
    "my/<slug:slug>/people/<int:membership_id>/role/": Row(OWNER, post=200, given={"membership_id": "part_id"}),
    "my/<slug:slug>/people/<int:membership_id>/end/": Row(OWNER, post=302, given={"membership_id": "part_id"}),
    "my/<slug:slug>/people/hand-over/": Row(OWNER, post=200),
    # Who only reads may leave; the only owner is told what to do first.
    "my/<slug:slug>/people/leave/": Row(PROVIDER_PEOPLE, post=302, but={"owner": 200}),
    # The stranger is invited: the link tells the signed-out to sign in, and others that it is not theirs.
    "help-to-run/<uuid:invitation_id>/": Row(
        Audience(("stranger",), SIGNED_IN, signed_out=200), post=302, given=THEIR_INVITATION
    ),
}

CHECKING = {
    # The people of the provider see their own certificate, and so do the checkers of its council and of one it asked.
    "evidence/<uuid:evidence_id>/": Row(SEES_EVIDENCE),
    "evidence/<uuid:evidence_id>/pages/<int:number>/": Row(SEES_EVIDENCE),
    "providers/<slug:slug>/dbs-certificates/": Row(PROVIDER_PEOPLE),
    "providers/<slug:slug>/dbs-certificates/<uuid:dbs_id>/": Row(OWNER, get=None, post=302),
    "checks/": Row(ANY_QUEUE),
    "checks/asked/": Row(ANY_QUEUE),
    "checks/asked/<uuid:listing_id>/": Row(SEES_ASKED),
    "checks/asked/<uuid:listing_id>/accept/": Row(ASKED, get=None, post=302),
    "checks/asked/<uuid:listing_id>/no/": Row(ASKED, post=200),
    "checks/asked/<uuid:listing_id>/rely/<int:check_id>/": Row(ASKED, get=None, post=302),
    "checks/look-again/": Row(ANY_QUEUE),
    "checks/one-by-one/<slug:code>/": Row(CHECKER, post=302),
    "checks/one-by-one/<slug:code>/<uuid:credential_id>/": Row(CHECKER, post=200),
    "checks/one-by-one/<slug:code>/take-back/<int:check_id>/": Row(CHECKER, get=None, post=302),
    "checks/one-by-one/<slug:code>/destroy/<uuid:evidence_id>/": Row(CHECKER, post=302),
    "checks/<uuid:submission_id>/": Row(SEES_QUEUE),
    "checks/<uuid:submission_id>/rely/<int:check_id>/": Row(CHECKER, get=None, post=302),
    "checks/<uuid:submission_id>/credentials/<uuid:credential_id>/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/destroy/<uuid:evidence_id>/": Row(CHECKER, post=302),
    "checks/<uuid:submission_id>/dbs-certificate-seen/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/changes/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/publish/": Row(CHECKER, post=302),
    "checks/<uuid:submission_id>/send-back/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/safeguarding/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/take/": Row(CHECKER, get=None, post=302),
    "checks/<uuid:submission_id>/let-go/": Row(CHECKER, get=None, post=302),
    "checks/<uuid:submission_id>/suspend/": Row(CHECKER, post=200),
    "checks/<uuid:submission_id>/put-back/": Row(CHECKER, get=None, post=302),
}

COUNCIL_LIST = "commissioning/search/lists/<uuid:key>/"
LISTED = {"key": "council_list_id"}
# A saved search is its owner's own.
SAVED = Audience(("commissioner",))
REQUIREMENT = "commissioning/requirements/<slug:reference>/"
LOCKED = {"reference": "locked_reference"}
MARKET = "commissioning/market/<slug:code>/"
MARKET_KIND = f"{MARKET}without/<slug:category>"
COMMISSIONING = {
    "commissioning/": Row(ANY_READER),
    "commissioning/search/": Row(ANY_READER),
    "commissioning/search/postcodes/": Row(ANY_READER, post=200),
    "commissioning/search/found.csv": Row(ANY_READER),
    "commissioning/search/found.xlsx": Row(ANY_READER),
    "commissioning/search/save/": Row(ANY_READER, post=200),
    "commissioning/search/saved/": Row(ANY_READER),
    "commissioning/search/saved/<uuid:key>/": Row(SAVED, post=200, given={"key": "saved_search_id"}),
    "commissioning/search/saved/<uuid:key>/delete/": Row(SAVED, get=None, post=302, given={"key": "saved_search_id"}),
    "commissioning/search/no-more-mail/<str:token>/": Row(ANYONE, post=302, given={"token": "digest_token"}),
    "commissioning/search/keep/": Row(ANY_WRITER, get=None, post=302),
    "commissioning/search/compare/": Row(ANY_READER),
    "commissioning/search/compare/these/": Row(ANY_READER, get=None, post=302),
    "commissioning/search/lists/": Row(ANY_READER),
    f"{COUNCIL_LIST}": Row(READS, given=LISTED),
    f"{COUNCIL_LIST}take-off/": Row(WRITES, get=None, post=302, given=LISTED, typed={"service": "service_id"}),
    f"{COUNCIL_LIST}rename/": Row(WRITES, post=200, given=LISTED),
    f"{COUNCIL_LIST}delete/": Row(WRITES, post=302, given=LISTED),
    "commissioning/search/notes/about/<uuid:provider_id>/": Row(ANY_READER),
    "commissioning/search/notes/about/<uuid:provider_id>/write/": Row(ANY_WRITER, get=None, post=200),
    "commissioning/search/notes/<uuid:key>/delete/": Row(WRITES, get=None, post=302, given={"key": "council_note_id"}),
    "commissioning/requirements/new/": Row(ANY_WRITER, post=200),
    REQUIREMENT: Row(READS),
    f"{REQUIREMENT}about/": Row(WRITES, post=200),
    f"{REQUIREMENT}openness/": Row(WRITES, post=200),
    f"{REQUIREMENT}lots/add/": Row(WRITES, post=200),
    f"{REQUIREMENT}lots/<int:number>/": Row(WRITES, post=200),
    f"{REQUIREMENT}lots/<int:number>/remove/": Row(WRITES, post=302),
    f"{REQUIREMENT}lots/<int:number>/times/": Row(WRITES, post=200),
    f"{REQUIREMENT}lots/<int:number>/times/<int:time>/remove/": Row(WRITES, get=302, post=302),
    f"{REQUIREMENT}lots/<int:number>/split/": Row(WRITES, post=302),
    f"{REQUIREMENT}way/": Row(WRITES, post=200),
    f"{REQUIREMENT}timetable/": Row(WRITES, post=200),
    f"{REQUIREMENT}questions/": Row(WRITES, post=200),
    f"{REQUIREMENT}questions/add/": Row(WRITES, post=200),
    f"{REQUIREMENT}questions/<int:number>/": Row(WRITES, post=200),
    f"{REQUIREMENT}questions/<int:number>/remove/": Row(WRITES, post=302),
    f"{REQUIREMENT}lots/<int:number>/field/": Row(READS),
    f"{REQUIREMENT}coop/": Row(READS),
    f"{REQUIREMENT}lots/<int:number>/coop/": Row(READS),
    f"{REQUIREMENT}lots/<int:number>/shortlist/": Row(WRITES, get=None, post=302, typed={"service": "service_id"}),
    f"{REQUIREMENT}conditions/add/": Row(WRITES, post=200),
    f"{REQUIREMENT}conditions/<slug:kind>/": Row(WRITES, post=200),
    f"{REQUIREMENT}conditions/<slug:kind>/remove/": Row(WRITES, post=302),
    f"{REQUIREMENT}lots/<int:number>/conditions/<slug:kind>/": Row(WRITES, post=200),
    f"{REQUIREMENT}lots/<int:number>/conditions/<slug:kind>/remove/": Row(WRITES, post=302),
    f"{REQUIREMENT}who-could-answer/": Row(READS),
    f"{REQUIREMENT}lock/": Row(WRITES, post=302),
    "commissioning/market/": Row(ANY_READER, get=302),
    MARKET: Row(READS),
    **{f"{MARKET}{page}/": Row(READS) for page in ("prices-and-hours", "searches", "openness", "conditions")},
    **{f"{MARKET}{file}.csv": Row(READS) for file in ("without", "prices", "hours-free", "searches")},
    **{f"{MARKET}{file}.csv": Row(READS) for file in ("openness", "outcomes", "conditions")},
    **{f"{MARKET_KIND}{end}": Row(READS) for end in ("/", ".csv", "/small-areas.csv")},
    "commissioning/summaries/<slug:reference>/": Row(READS, given=LOCKED),
    "commissioning/summaries/<slug:reference>/for-publishing/": Row(READS, given=LOCKED),
    "commissioning/summaries/<slug:reference>/in-easier-words/": Row(READS, given=LOCKED),
    "commissioning/summaries/<slug:reference>.pdf": Row(READS, given=LOCKED),
    "commissioning/summaries/<slug:reference>/<slug:edition>.pdf": Row(READS, given=LOCKED),
}

PUBLISHED = f"{REQUIREMENT}opportunity/"
OF_PUBLISHED = {"reference": "published_reference"}
OPPORTUNITY = "opportunities/<slug:reference>/"
SPEAKS_UP = "my/<slug:slug>/opportunities/"
ANSWER = f"{SPEAKS_UP}<uuid:interest_id>/"
OPPORTUNITIES = {
    "opportunities/": Row(ANYONE),
    "opportunities/feed.atom": Row(ANYONE),
    "opportunities/no-mail/<str:token>/": Row(ANYONE, post=200, given={"token": "no_mail_token"}),
    OPPORTUNITY: Row(ANYONE, given=OF_PUBLISHED),
    f"{OPPORTUNITY}versions/<int:number>/": Row(ANYONE, given=OF_PUBLISHED),
    f"{OPPORTUNITY}ask/": Row(ANYONE_SIGNED_IN, post=200, given=OF_PUBLISHED),
    f"{OPPORTUNITY}speak-up/": Row(ANYONE_SIGNED_IN, post=200, given=OF_PUBLISHED),
    # Rosie's answer. The stranger, who could answer too, and the councils find nothing at these addresses.
    SPEAKS_UP: Row(PROVIDER_PEOPLE),
    f"{SPEAKS_UP}mail/": Row(PROVIDER_PEOPLE, get=None, post=302),
    ANSWER: Row(PROVIDER_PEOPLE),
    f"{ANSWER}steps/<slug:step>/": Row(OWNER, post=200, given={"step": "answer_step"}),
    **{
        f"{ANSWER}{deed}/": Row(OWNER, get=None, post=302)
        for deed in ("send", "take-back", "ask-partners", "yes", "no")
    },
    f"{REQUIREMENT}publish/": Row(WRITES, post=200),
    PUBLISHED: Row(READS, given=OF_PUBLISHED),
    f"{PUBLISHED}publish-again/": Row(WRITES, post=200, given=OF_PUBLISHED),
    f"{PUBLISHED}formal-route/": Row(WRITES, post=302, given=OF_PUBLISHED),
    f"{PUBLISHED}questions/<uuid:question_id>/": Row(WRITES, post=200, given=OF_PUBLISHED),
    f"{PUBLISHED}answers/<uuid:interest_id>/": Row(READS, given=OF_PUBLISHED),
    f"{PUBLISHED}answers/<uuid:interest_id>/your-word/": Row(WRITES, post=200, given=OF_PUBLISHED),
    # It is open: what came of it is not to be written yet.
    f"{PUBLISHED}lots/<int:lot>/outcome/": Row(WRITES, get=302, post=302, given=OF_PUBLISHED),
    f"{PUBLISHED}stop/": Row(WRITES, post=200, given=OF_PUBLISHED),
    f"{PUBLISHED}tell/": Row(WRITES, get=None, post=302, given=OF_PUBLISHED),
}

NOTICES = {
    "ocds/": Row(ANYONE),
    "ocds/releases/": Row(ANYONE),
    "ocds/releases/<slug:id>/": Row(ANYONE, given={"id": "ocds_release_id"}),
    "ocds/records/": Row(ANYONE),
    "ocds/records/<slug:ocid>/": Row(ANYONE),
}

# Whoever asks has no account: a link of the page is all there is, and the mail's is another. Who was asked has one.
QUESTION = "my/<slug:slug>/enquiries/<uuid:enquiry_id>/"
ASKED_BY = {"token": "enquiry_token"}
TO_PRESS = {"token": "press_token"}
TO_ANSWER = {"token": "answer_token"}
ENQUIRING = {
    "providers/<slug:slug>/ask/": Row(ANYONE, post=200),
    "providers/<slug:slug>/ask/look-in-your-mail/": Row(ANYONE),
    "enquiries/<str:token>/": Row(ANYONE, given=ASKED_BY),
    "enquiries/<str:token>/take-back/": Row(ANYONE, get=None, post=302, given=ASKED_BY),
    "enquiries/<str:token>/ask-nothing-later/": Row(ANYONE, get=None, post=302, given=ASKED_BY),
    "enquiries/confirm/<str:token>/": Row(ANYONE, post=302, given=TO_PRESS),
    "enquiries/answer/<str:token>/": Row(ANYONE, post=200, given=TO_ANSWER),
    "enquiries/answer/<str:token>/done/": Row(ANYONE, get=None, post=302, given=TO_ANSWER),
    "my/<slug:slug>/enquiries/": Row(PROVIDER_PEOPLE),
    QUESTION: Row(PROVIDER_PEOPLE),
    f"{QUESTION}answer/": Row(OWNER, post=200),
    f"{QUESTION}done/": Row(OWNER, get=None, post=302),
    f"{QUESTION}delete/": Row(OWNER, get=None, post=302),
}

SAYS = "my/<slug:slug>/recommendations/"
OF_WRITER = {"token": "writer_token"}
ON_CARD = {"code": "card_code"}
RECOMMENDING = {
    "recommendations/policy/": Row(ANYONE),
    "recommendations/<str:token>/": Row(ANYONE, given=OF_WRITER),
    "recommendations/<str:token>/take-back/": Row(ANYONE, get=None, post=302, given=OF_WRITER),
    "recommend/": Row(ANYONE),
    "recommend/<slug:code>/": Row(ANYONE, post=200, given=ON_CARD),
    "recommend/<slug:code>/rather-not/": Row(ANYONE, get=None, post=302, given=ON_CARD),
    "providers/<slug:slug>/recommendations/": Row(ANYONE),
    SAYS: Row(PROVIDER_PEOPLE),
    f"{SAYS}ask/": Row(OWNER, post=200),
    f"{SAYS}cards/": Row(OWNER, post=200),
    f"{SAYS}invitations/<uuid:invitation_id>/withdraw/": Row(
        OWNER, get=None, post=302, given={"invitation_id": "customer_invitation_id"}
    ),
    f"{SAYS}<uuid:recommendation_id>/reply/": Row(OWNER, post=200),
    f"{SAYS}replies/<uuid:reply_id>/take-back/": Row(OWNER, get=None, post=302),
    # The council next door is only asked to list Rosie: it has no say yet.
    "checks/public-words/": Row(ANY_QUEUE),
    "checks/recommendations/<uuid:recommendation_id>/": Row(CHECKER, post=200),
    "checks/recommendations/<uuid:recommendation_id>/safeguarding/": Row(CHECKER, post=302),
    "checks/replies/<uuid:reply_id>/": Row(CHECKER, post=200),
    "checks/replies/<uuid:reply_id>/safeguarding/": Row(CHECKER, post=302),
}
WRONG = "checks/corrections/<uuid:correction_id>/"
CORRECTING = {
    "providers/<slug:slug>/something-wrong/": Row(ANYONE, post=200),
    "providers/<slug:slug>/something-wrong/told/": Row(ANYONE),
    "my/<slug:slug>/corrections/": Row(PROVIDER_PEOPLE),
    "my/<slug:slug>/corrections/<uuid:correction_id>/answer/": Row(OWNER, post=200),
    WRONG: Row(CHECKER, post=200),
    f"{WRONG}pass-on/": Row(CHECKER, get=None, post=302),
    f"{WRONG}safeguarding/": Row(CHECKER, post=302),
}

TEAMS_OF = "my/<slug:slug>/teams/"
TEAM = f"{TEAMS_OF}<uuid:team_id>/"
OTHER = {"other": "other_slug"}
TEAMS = {
    TEAMS_OF: Row(PROVIDER_PEOPLE),
    f"{TEAMS_OF}start/": Row(OWNER, post=200),
    f"{TEAMS_OF}partners/": Row(PROVIDER_PEOPLE),
    f"{TEAMS_OF}may-be-asked/": Row(OWNER, get=None, post=302),
    # Nobody but those who decide for it reads with whom it would work.
    f"{TEAMS_OF}wishes/": Row(OWNER),
    f"{TEAMS_OF}wishes/<slug:other>/": Row(OWNER, post=200, given=OTHER),
    f"{TEAMS_OF}invitations/<uuid:place_id>/": Row(OWNER, post=200, given={"place_id": "asked_place_id"}),
    TEAM: Row(PROVIDER_PEOPLE),
    f"{TEAM}change/": Row(OWNER, post=200),
    f"{TEAM}giving/": Row(OWNER, post=302),
    f"{TEAM}partners/": Row(PROVIDER_PEOPLE),
    f"{TEAM}ask/<slug:other>/": Row(OWNER, post=302, given=OTHER),
    f"{TEAM}asked/<uuid:place_id>/agree/": Row(OWNER, get=None, post=302),
    f"{TEAM}asked/<uuid:place_id>/take-back/": Row(OWNER, get=None, post=302),
    f"{TEAM}plan/": Row(OWNER, post=200),
    f"{TEAM}plan/<uuid:plan_id>/agree/": Row(OWNER, get=None, post=302),
    f"{TEAM}plan/<uuid:plan_id>/refuse/": Row(OWNER, get=None, post=302),
    f"{TEAM}without/<uuid:place_id>/": Row(OWNER, post=302),
    f"{TEAM}leave/": Row(OWNER, post=302),
    f"{TEAM}end/": Row(OWNER, post=302),
}

TABLE = (
    SITE
    | LISTS
    | ACCOUNTS
    | COUNCILS
    | JOINING
    | INTRODUCING
    | PEOPLE
    | CHECKING
    | ENQUIRING
    | RECOMMENDING
    | CORRECTING
    | TEAMS
    | COMMISSIONING
    | OPPORTUNITIES
    | NOTICES
)
