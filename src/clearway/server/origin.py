"""Which requests a page of another website sent. Browsers say so; programs send neither header and go on working."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.datastructures import Headers

SAFE = frozenset({"GET", "HEAD"})
_OWN_SITE = {"same-origin", "none"}


def is_foreign(method: str, headers: Headers) -> bool:
    """Whether another website's page sent a request.

    A page on another port of this machine is another website. Somebody who follows a link to this server is not: the page that
    holds the link cannot read what it leads to.

    Args:
        method: The request's method.
        headers: Its headers; Host must be one of ours.
    """
    host = headers.get("host", "").lower()
    if any(origin.partition("://")[2].lower() != host for origin in headers.getlist("origin")):
        return True
    follows_link = method in SAFE and headers.get("sec-fetch-mode") == "navigate"
    return not follows_link and any(site not in _OWN_SITE for site in headers.getlist("sec-fetch-site"))
