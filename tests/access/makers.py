"""What stands behind an address at a spot of the world, as the arguments of the address."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.timezone import localdate, now
from PIL import Image

from hieuhoc.accounts import actions as accounts
from hieuhoc.accounts.models import User
from hieuhoc.audit.models import Entry
from hieuhoc.common.ids import uuid7
from hieuhoc.criteria import actions as criteria
from hieuhoc.criteria.models import CriteriaVersion
from hieuhoc.criteria.queries import published
from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, Evidence, State
from hieuhoc.dossiers.paper import actions as paper_forms
from hieuhoc.dossiers.paper import numbers
from hieuhoc.field.models import Envelope
from hieuhoc.figures import sampling
from hieuhoc.figures.models import Figure, Source
from hieuhoc.files import store
from hieuhoc.files.models import StoredFile
from hieuhoc.intake import actions as intake
from hieuhoc.jobs.models import Job
from hieuhoc.plans import actions as plans
from hieuhoc.plans import feeds
from hieuhoc.plans.models import Plan, Progress, ProgressFile
from hieuhoc.recognition import actions as recognition
from hieuhoc.recognition.models import Decision, Paper, Recognition
from hieuhoc.registry.models import Model, Subject
from hieuhoc.selfassessment import actions as self_links
from hieuhoc.selfassessment import filling
from hieuhoc.selfassessment.keys import token_of
from hieuhoc.selfassessment.models import Link
from tests.access.rows import Spot

Arguments = dict[str, Any]


def recorder(spot: Spot) -> Arguments:
    """A recorder of the village, managed by the administrators of the commune."""
    user = spot.world.user(f"ghi-{User.objects.count()}", "village_recorder", spot.village)
    return {"pk": user.pk}


def stopped_recorder(spot: Spot) -> Arguments:
    """One whose account is stopped."""
    made = recorder(spot)
    User.objects.filter(pk=made["pk"]).update(is_active=False)
    return made


def post_of_recorder(spot: Spot) -> Arguments:
    """The post of a recorder."""
    return {"pk": User.objects.get(**recorder(spot)).posts.get().pk}


def plan(spot: Spot) -> Arguments:
    """A plan of the commune that was read and is not confirmed."""
    return {"pk": _plan(spot).pk}


def target(spot: Spot) -> Arguments:
    """A target of such a plan."""
    return {"pk": _plan(spot).targets.get().pk}


def _plan(spot: Spot) -> Plan:
    made = Plan.objects.create(place=spot.commune, number="1/KH", first_year=2021, last_year=2030)
    made.targets.create(position=1, measure="recognise", population="clans", value=70, unit="percent", comparator=">=")
    return made


def occurrence(spot: Spot) -> Arguments:
    """An activity of a confirmed plan of the commune, this year."""
    made = _plan(spot)
    act = made.activities.create(position=1, text="Họp sơ kết", when=[{"every": "year"}], sentence="Họp sơ kết")
    day = localdate()
    Plan.objects.filter(pk=made.pk).update(state="published", issued=day, published_at=now())
    return {"place": spot.commune.pk, "activity": act.pk, "period": f"{day.year}"}


def done(spot: Spot) -> Arguments:
    """The words of a mark."""
    return {"state": "done", "revision": "0"}


def marked(spot: Spot) -> Arguments:
    """A mark the officer of the spot made."""
    made = occurrence(spot)
    fields = {"state": "done"}
    return {"entry": plans.mark(made["place"], made["activity"], made["period"], fields, by=spot.officer).pk}


def progress_file(spot: Spot) -> Arguments:
    """A photo of such an activity."""
    made = occurrence(spot)
    row = Progress.objects.create(place_id=made["place"], activity_id=made["activity"], period=made["period"])
    return {"pk": ProgressFile.objects.create(progress=row, file=photo(), added_by=spot.officer).pk}


def feed(spot: Spot) -> Arguments:
    """The secret address of the officer's calendar."""
    return {"token": feeds.token_of(plans.open_feed(spot.commune.pk, by=spot.officer))}


def place(spot: Spot) -> Arguments:
    """The commune plans are asked of."""
    return {"noi": spot.commune.pk}


def figure(spot: Spot) -> Arguments:
    """A figure reported of the commune."""
    year = 2000 + Figure.objects.count()
    made = Figure.objects.create(place=spot.commune, year=year, indicator="FAMILY", source=Source.REPORTED, count=1)
    return {"pk": made.pk}


def evidenced(spot: Spot) -> Arguments:
    """A figure with a photo that supports it."""
    year = 2000 + Figure.objects.count()
    made = Figure.objects.create(
        place=spot.commune, year=year, indicator="CLAN", source=Source.REPORTED, count=1, file=photo()
    )
    return {"pk": made.pk}


def batch(spot: Spot) -> Arguments:
    """A batch of published figures, with nothing in it."""
    return {"batch": uuid7()}


def table(spot: Spot) -> Arguments:
    """A table of published figures the officer dropped."""
    data = "place,level,year,model,recognised,url\nTỉnh Gia Lai,province,2026,Gia đình học tập,5,https://vi-du.vn\n"
    return {"pk": store.keep(data.encode(), "so-lieu.csv", by=spot.officer, kinds=store.SHEET).pk}


def sample(spot: Spot) -> Arguments:
    """A sample for inspection, drawn in the commune."""
    return {"pk": _sample(spot).pk}


def sampled(spot: Spot) -> Arguments:
    """A dossier of such a sample."""
    found = _sample(spot)
    return {"pk": found.pk, "dossier": sampling.dossiers_of(found).get().pk}


def _sample(spot: Spot) -> Entry:
    household = spot.world.household(f"Mẫu {Subject.objects.count()}", place=spot.village)
    made = spot.world.dossier(State.RECOGNISED, household, round=spot.world.round(place=spot.commune))
    wish = sampling.Wish(spot.commune.pk, made.round.year, Model.FAMILY, "recognised", 1, "387")
    return sampling.draw(wish, by=spot.world.inspector)


def link(spot: Spot) -> Arguments:
    """The one-time link of a recorder."""
    return {"token": accounts.invite(recorder(spot)["pk"], by=None).token}


def commune(spot: Spot) -> Arguments:
    """The commune itself."""
    return {"pk": spot.commune.pk}


def village(spot: Spot) -> Arguments:
    """The village itself."""
    return {"pk": spot.village.pk}


def stage(spot: Spot) -> Arguments:
    """The version of the village that is to be set right."""
    return {"giai-doan": spot.village.versions.get().pk}


def code_with_round(spot: Spot) -> Arguments:
    """The code of the commune, which has a year."""
    spot.world.round(place=spot.commune)
    return code(spot)


def code(spot: Spot) -> Arguments:
    """The code of the commune."""
    return {"code": spot.code}


def household(spot: Spot) -> Arguments:
    """A household of the village."""
    return {"pk": spot.world.household(place=spot.village, code=f"{Subject.objects.count()}").pk}


def citizen(spot: Spot) -> Arguments:
    """A citizen of the village."""
    name = f"Ksor H'Nhi {Subject.objects.count()}"
    return {"pk": spot.world.citizen(name, place=spot.village).pk}


def twins(spot: Spot) -> Arguments:
    """Two households of one name in the village."""
    number = Subject.objects.count()
    one = spot.world.household("Siu Blưh", place=spot.village, code=f"{number}")
    two = spot.world.household("Siu Blưh", place=spot.village, code=f"{number + 1}")
    return {"first": one.pk, "second": two.pk}


def model(spot: Spot) -> Arguments:
    """The name of a learning model."""
    return {"model": Model.CITIZEN.value}


def version(spot: Spot) -> Arguments:
    """A published national version."""
    return {"pk": spot.world.version().pk}


def two_versions(spot: Spot) -> Arguments:
    """A published national version and another to compare it with."""
    return {"pk": spot.world.version().pk, "other": draft(spot)["pk"]}


def draft(spot: Spot) -> Arguments:
    """A national draft."""
    name = f"bản {CriteriaVersion.objects.count()}"
    return {"pk": criteria.draft_from(spot.world.version().pk, name, by=spot.world.national).pk}


def group(spot: Spot) -> Arguments:
    """A group of indicators of a national draft."""
    return draft(spot) | {"key": "1"}


def indicator(spot: Spot) -> Arguments:
    """An indicator of a national draft."""
    return draft(spot) | {"key": "T-1"}


def round(spot: Spot) -> Arguments:
    """The round of the commune's year."""
    return {"pk": spot.world.round(place=spot.commune).pk}


def job(spot: Spot) -> Arguments:
    """Long work the officer of the spot has started."""
    return {"pk": Job.objects.create(task="x", title="Việc", started_by=spot.officer).pk}


def round_model(spot: Spot) -> Arguments:
    """The round under the name its lists use."""
    return {"round_id": spot.world.round(place=spot.commune).pk, "model": Model.FAMILY.value}


def round_step(spot: Spot) -> Arguments:
    """The first step of the round."""
    return round(spot) | {"step": "register"}


def a_dossier(spot: Spot, state: str = State.DRAFT) -> Dossier:
    """A dossier of a household of the village."""
    return spot.world.dossier(state, spot.world.household(f"Hộ {Subject.objects.count()}", place=spot.village))


def dossier(spot: Spot) -> Arguments:
    """A draft of the village."""
    return {"pk": a_dossier(spot).pk}


def answered_dossier(spot: Spot) -> Arguments:
    """A draft with full marks, ready to be sent up."""
    made = a_dossier(spot)
    actions.answer(made.pk, {"T-1": 50, "T-2": 50}, by=spot.officer)
    return {"pk": made.pk}


def cell(spot: Spot) -> Arguments:
    """One cell of the scoring grid, typed."""
    return {"id": str(a_dossier(spot).pk), "key": "T-1", "text": "50", "was": ""}


def cells(spot: Spot) -> Arguments:
    """Cells pasted into the scoring grid."""
    return {"cells": [cell(spot)]}


def chosen_households(spot: Spot) -> Arguments:
    """A household chosen to be registered."""
    return {"id": [str(household(spot)["pk"])]}


def evidence(spot: Spot) -> Arguments:
    """A photo of a dossier of the village."""
    kept = Evidence.objects.create(dossier=a_dossier(spot), file=photo(), added_by=spot.officer)
    return {"pk": kept.pk}


def photo() -> StoredFile:
    """A very small photo."""
    bytes_ = BytesIO()
    Image.new("RGB", (2, 2)).save(bytes_, "JPEG")
    return store.keep(bytes_.getvalue(), "anh.jpg", by=None, kinds=store.EVIDENCE)


def own_move(spot: Spot) -> Arguments:
    """A move the officer of the spot made."""
    made = answered_dossier(spot)
    actions.move([made["pk"]], "submit", by=spot.officer, reason="")
    return {"entry": Entry.objects.get(verb="dossier.submit", targets__target_id=made["pk"]).pk}


def paper_round(spot: Spot) -> Arguments:
    """The round of the commune, under the name its paper uses."""
    return {"round_id": round(spot)["pk"]}


def paper_form(spot: Spot) -> Arguments:
    """A printed scoring form of a household of the village."""
    made = a_dossier(spot)
    form = paper_forms.give(made.round_id, made.model, "score", by=spot.officer, subjects=[made.subject_id])[0]
    return {"round_id": made.round_id, "number": numbers.in_address(made.round_id, form.number)}


def own_key_in(spot: Spot) -> Arguments:
    """Answers the officer of the spot wrote."""
    made = answered_dossier(spot)
    return {"entry": Entry.objects.filter(verb="dossier.answer", target_id=str(made["pk"])).latest("pk").pk}


def printed(spot: Spot) -> Arguments:
    """Forms the officer of the spot had printed as long work."""
    file = store.keep(b"%PDF-1.7\n%%EOF", "phieu.pdf", by=spot.officer, kinds=store.PAPER)
    task = {"task": "dossiers.print_forms", "state": Job.State.DONE, "result": {"file": str(file.pk)}}
    return {"pk": Job.objects.create(title="In phiếu", started_by=spot.officer, **task).pk}


def approver(spot: Spot) -> User:
    """One more approver of the commune."""
    return spot.world.user(f"duyet-{User.objects.count()}", "commune_approver", spot.commune)


def decision(spot: Spot) -> Arguments:
    """A decision of the commune that waits for its signature."""
    a_dossier(spot, State.PROPOSED)
    return {"pk": recognition.issue_decision(round(spot)["pk"], by=approver(spot)).pk}


def unsigned_title(spot: Spot) -> Arguments:
    """A title of a decision that waits for its signature."""
    return {"pk": Recognition.objects.filter(decision_id=decision(spot)["pk"]).latest("pk").pk}


def dropped(spot: Spot) -> Arguments:
    """A title taken out of such a decision."""
    made = unsigned_title(spot)["pk"]
    return {"pk": recognition.drop_title(made, by=approver(spot), reason="Kê khai sai").pk}


def title(spot: Spot) -> Arguments:
    """A title of a signed decision."""
    made = decision(spot)["pk"]
    number = f"{100 + Decision.objects.count()}"
    recognition.sign_decision(made, number, localdate(), by=approver(spot), signer="Trần Văn Hòa")
    return {"pk": Recognition.objects.filter(decision_id=made).latest("pk").pk}


def paper(spot: Spot) -> Arguments:
    """A paper that was made."""
    file = store.keep(b"%PDF-1.4 to trinh", "to-trinh.pdf", by=None, kinds=store.PAPER)
    return {"pk": Paper.objects.create(round_id=round(spot)["pk"], kind="submission", file=file).pk}


def round_and_village(spot: Spot) -> Arguments:
    """The round and a village of it."""
    return round(spot) | {"place": spot.village.pk}


def template(spot: Spot) -> Arguments:
    """The template of a Word paper."""
    return round(spot) | {"kind": "submission"}


def pinned(spot: Spot) -> Arguments:
    """A version to pin for families."""
    return {"model": Model.FAMILY.value, "version": spot.world.version().pk}


def why(spot: Spot) -> Arguments:
    """A reason."""
    return {"reason": "Đối chiếu"}


def family(spot: Spot) -> Arguments:
    """The model of families, in a round that has it."""
    return {"model": Model.FAMILY.value}


def submit(spot: Spot) -> Arguments:
    """The move that sends a dossier up."""
    return {"move": "submit"}


def submission(spot: Spot) -> Arguments:
    """The kind of paper to make."""
    return {"kind": "submission"}


def many(spot: Spot) -> Arguments:
    """A move with a dossier chosen in a list."""
    chosen = [str(answered_dossier(spot)["pk"])]
    return {"move": "submit", "round": round(spot)["pk"], "model": Model.FAMILY.value, "id": chosen}


def derived(spot: Spot) -> Arguments:
    """A dossier of an organisation with a share that is computed from titles."""
    criteria.load_shipped_sets()
    version = published("tt24-organisation")
    made = spot.world.round(place=spot.commune)
    made.models.filter(model=Model.ORGANISATION).update(version=version)
    organisation = spot.world.organisation(f"Trường {Subject.objects.count()}", place=spot.commune)
    return {"pk": spot.world.dossier(State.DRAFT, organisation).pk, "key": "DV-3.1a"}


def sheet(spot: Spot) -> Arguments:
    """A list of households the officer of the spot brought in."""
    data = "STT;Họ và tên chủ hộ;Thôn;Số khẩu\n1;Ksor Blơn;Làng Ring;4\n2;Siu H'Lan;Làng Ring;3\n".encode()
    made = intake.check_file(data, "ho.csv", "households", commune_id=spot.commune.pk, by=spot.officer)
    return {"pk": made.pk}


def kind_of_roster(spot: Spot) -> Arguments:
    """A kind of roster, by its name in addresses."""
    return {"kind": "households"}


def coming_photo(spot: Spot) -> dict[str, Any]:
    """The address of a photo a phone has made."""
    return {"photo_id": uuid7()}


def envelope(spot: Spot) -> dict[str, Any]:
    """A word the village sent to its commune."""
    sent = Envelope.objects.create(
        made_id=uuid7(), kind="note", person=spot.officer, place=spot.village, body={"text": "Nhà đi vắng"},
        outcome="applied",
    )  # fmt: skip
    return {"made_id": sent.made_id}


def _self_link(spot: Spot) -> Link:
    house = spot.world.household(f"Tự chấm {Subject.objects.count()}", place=spot.village)
    round_ = spot.world.round(place=spot.commune)
    made = self_links.make(round_.pk, [house.pk], way="code", expires_on=localdate(), by=spot.officer)
    return made.links[0]


def self_link(spot: Spot) -> Arguments:
    """The address of the link of a household."""
    return {"token": token_of(_self_link(spot).pk)}


def no_such_link(spot: Spot) -> Arguments:
    """An address that no link has."""
    return {"token": "2345"}


def self_step(spot: Spot) -> Arguments:
    """The first step behind such a link."""
    return self_link(spot) | {"number": 1}


def self_assessment(spot: Spot) -> Arguments:
    """What a household of the village says of itself."""
    link = _self_link(spot)
    return {"pk": filling.consent(link.pk, link.subject_id, represented=False).pk}


def self_link_id(spot: Spot) -> Arguments:
    """A link as its officer names it."""
    return {"pk": _self_link(spot).pk}
