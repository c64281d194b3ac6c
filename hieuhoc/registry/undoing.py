"""Take back what an import or an addition by hand did to the registry; and say first what stands on it.

New subjects go with their numbers and memberships, completed ones get back what they had. Nothing that a person or a
later import did is lost: such an act is named and the undo refused.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from hieuhoc.audit.models import Entry
from hieuhoc.registry import rules
from hieuhoc.registry.models import CitizenNumber, Membership, Subject

NEW = "select id from registry_subject where enrolled_by_import_id = %(imported)s"
LATER_ACTS = f"""
select count(distinct n.id) from ({NEW}) n
where exists (select 1 from audit_entry e where e.target_type = 'registry.subject' and e.target_id = n.id::text
        and e.verb like 'registry.%%' and e.verb not in ('registry.look', 'registry.read_citizen_number'))
    or exists (select 1 from audit_entrytarget t where t.target_id = n.id and t.target_type = 'registry.subject')
"""
CHANGED_SINCE = """
select count(*) from registry_importedrow r
join registry_subject x on x.id = r.subject_id
left join registry_citizennumber c on c.subject_id = x.id
where r.imported_id = %(imported)s and (
    jsonb_build_object('details', x.details, 'phone', x.phone, 'code', x.code)
        <> (r.before->'after') - 'digest'
    or (r.before->'after'->>'digest' is not null and c.digest::text is distinct from r.before->'after'->>'digest'))
"""
STANDING = (
    (LATER_ACTS, "đã có người sửa, chuyển, đóng hoặc gộp {} mục của lần nhập này."),
    (f"select count(distinct subject_id) from registry_importedrow where subject_id in ({NEW})",
     "một tệp nhập sau đã bổ sung cho {} mục của lần nhập này; hoàn tác tệp đó trước."),
    (CHANGED_SINCE, "{} mục được bổ sung ở lần nhập này đã được sửa hoặc bổ sung tiếp sau đó."),
)  # fmt: skip
TAKE_BACK = (
    "delete from registry_membership where imported_id = %(imported)s",
    f"delete from registry_membership where member_id in ({NEW})",
    f"delete from registry_membership where group_id in ({NEW})",
    f"delete from registry_citizennumber where subject_id in ({NEW})",
    f"delete from registry_distinct where first_id in ({NEW}) or second_id in ({NEW})",
    """
    update registry_subject x set details = r.before->'details', phone = r.before->>'phone', code = r.before->>'code',
        updated_at = (r.before->>'updated_at')::timestamptz
    from registry_importedrow r where r.subject_id = x.id and r.imported_id = %(imported)s
    """,
    """
    delete from registry_citizennumber c using registry_importedrow r
    where r.imported_id = %(imported)s and c.subject_id = r.subject_id and r.before->'after'->>'digest' is not null
    """,
    """
    insert into registry_citizennumber (subject_id, ciphertext, digest, last_three)
    select subject_id, (before->'number'->>'ciphertext')::bytea, (before->'number'->>'digest')::bytea,
        before->'number'->>'last_three'
    from registry_importedrow
    where imported_id = %(imported)s and before->'after'->>'digest' is not null and before->'number'->>'digest' <> ''
    """,
    "delete from registry_importedrow where imported_id = %(imported)s",
    "delete from registry_subject where enrolled_by_import_id = %(imported)s",
)


LATER_ENTRIES = """
select (
    select count(*) from audit_entry where target_type = 'registry.subject' and target_id = %(subject)s::text
        and verb like 'registry.%%' and verb not in ('registry.add', 'registry.look', 'registry.read_citizen_number')
) + (select count(*) from audit_entrytarget where target_id = %(subject)s and target_type = 'registry.subject')
"""
# A roster that names a subject as it already stands leaves no row of its own.
LATER_ROSTERS = """
select count(*) from sheets_import i join registry_subject s on s.id = %(subject)s
 where i.place_id = s.commune_id and i.state = 'applied' and i.applied_at > s.created_at and i.kind = %(kind)s
"""
# What a person, a roster or a round did with a subject after it was added by hand, in the order in which it is told.
LATER = (
    ("select count(*) from dossiers_dossier where subject_id = %(subject)s",
     "đã có {} hồ sơ đăng ký; bỏ đăng ký nhầm trước, hoặc đóng mục này."),
    ("select count(*) from registry_importedrow where subject_id = %(subject)s",
     "một tệp nhập sau đã bổ sung cho mục này; đóng mục này nếu không còn."),
    (LATER_ROSTERS,
     "sau khi thêm đã có tệp danh sách của xã ghi vào sổ; đóng mục này nếu không còn."),
    ("select count(*) from registry_membership where group_id = %(subject)s",
     "đã có {} thành viên gắn với mục này; sửa nơi thuộc về của các thành viên trước."),
    (LATER_ENTRIES,
     "sau khi thêm đã có người sửa, chuyển, đóng, gộp hoặc ghi số căn cước; đóng mục này nếu không còn."),
)  # fmt: skip


def standing_on_added(subject: Subject) -> str:
    """The sentence that says why a subject is not simply taken out again, or ""."""
    if not Entry.objects.filter(
        verb="registry.add", target_type="registry.subject", target_id=str(subject.pk)
    ).exists():
        return "mục này không phải thêm bằng tay; nhập từ tệp thì hoàn tác lần nhập."
    kind = next((kind for kind, model in rules.KINDS.items() if model == subject.model), "")
    with connection.cursor() as cursor:
        for query, sentence in LATER:
            cursor.execute(query, {"subject": subject.pk, "kind": kind})
            count = cursor.fetchone()[0]
            if count:
                return sentence.format(count)
    return ""


def take_out(subject: Subject) -> None:
    """Delete a subject that was added by mistake, with its number and memberships. Needs a transaction."""
    Membership.objects.filter(member=subject).delete()
    CitizenNumber.objects.filter(subject=subject).delete()
    Subject.objects.filter(pk=subject.pk).delete()


def standing_on(imported: UUID) -> str:
    """The sentence that says which later act stands on an import, or ""."""
    with_dossiers = Subject.objects.filter(enrolled_by_import=imported, dossiers__isnull=False).distinct().count()
    if with_dossiers:
        return f"đã có hồ sơ lập trên {with_dossiers} mục của lần nhập này."
    with connection.cursor() as cursor:
        for query, sentence in STANDING:
            cursor.execute(query, {"imported": imported})
            count = cursor.fetchone()[0]
            if count:
                return sentence.format(count)
    return ""


def take_back(imported: UUID) -> int:
    """Undo the rows of an import; return how many subjects are gone. Needs a transaction."""
    with connection.cursor() as cursor:
        for statement in TAKE_BACK:
            cursor.execute(statement, {"imported": imported})
        return cursor.rowcount
