"""The board "Việc cần làm": what is due, what came back and why, what cannot be judged yet, what looks wrong.

``board_of(user, standing)`` reads a fixed number of set-based queries and returns a ``Board`` whose every task
is one click from the list that does it. What a role sees is written in a module of its own.
"""

from hieuhoc.accounts.models import Role, User
from hieuhoc.web.board import admin, approver, officer, overview, village
from hieuhoc.web.board.shape import Board, Task
from hieuhoc.web.posts import Standing

__all__ = ["Board", "Task", "board_of"]

BUILDERS = {
    Role.VILLAGE_RECORDER: village.board,
    Role.COMMUNE_OFFICER: officer.board,
    Role.COMMUNE_APPROVER: approver.board,
    Role.PROVINCE_OFFICER: overview.board,
    Role.PROVINCE_APPROVER: overview.board,
    Role.NATIONAL_OFFICER: overview.board,
    Role.INSPECTOR: overview.board,
    Role.ADMINISTRATOR: admin.board,
}


def board_of(user: User, standing: Standing) -> Board | None:
    """The board of the post worked under; None for a person without a post."""
    if standing.post is None:
        return None
    return BUILDERS[Role(standing.post.role)](user, standing.post)
