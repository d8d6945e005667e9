"""What a web page says of itself where machines read it: JSON-LD, meta tags, marked elements.

Nothing is guessed from the words of the page: an author who is wrong is worse than none.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.documents.formats.blocks import one_line
from index.documents.formats.days import parse_day
from index.documents.formats.html.bylines import name_in, names_in
from index.documents.formats.html.json_ld import described_article
from index.documents.formats.types import Known

_TITLES = ("og:title", "citation_title", "dc.title", "twitter:title", "parsely-title")
_AUTHORS = (
    "author",
    "citation_author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_PUBLISHERS = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_DAYS = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
_MOST_MARKED = 50
_BEFORE_SITES = frozenset(["|", "·", "–", "—", "-", "::"])
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def known_of(page: Any, url: str | None) -> Known:
    """Return what the tree ``page`` says of itself; ``url`` is where it came from, if it is known.

    A canonical address counts only on the host of ``url``: a page may not speak for another.
    """
    article = described_article(page)
    meta = _meta_tags(page)
    publisher = _first([_name(article.get("publisher")), *_each(meta, _PUBLISHERS)])
    return Known(
        title=_title(page, article, meta, publisher),
        url=_url(page, article, meta, url),
        publisher=publisher,
        author=_author(page, article, meta),
        published=_published(page, article, meta),
        language=_language(page, article, meta),
    )


def _meta_tags(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in page.iterfind(".//meta[@content]"):
        for name in (tag.get("property"), tag.get("name"), tag.get("itemprop"), tag.get("http-equiv")):
            if name and (content := one_line(tag.get("content"))):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _each(meta: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [meta[name][0] for name in names if name in meta]


def _first(values: list[str | None]) -> str | None:
    return next((line for value in values if (line := one_line(value))), None)


def _name(node: Any) -> str | None:
    """Return the name of a person or organisation in JSON-LD; of several, with commas between."""
    if isinstance(node, list):
        names = [name for item in node[:20] if (name := _name(item))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(node, dict):
        return _name(node.get("name"))
    return one_line(html.unescape(node)) if isinstance(node, str) and not _is_address(node) else None


def _title(
    page: Any, article: dict[str, Any], meta: dict[str, list[str]], publisher: str | None
) -> str | None:
    titles = [line for found in page.iterfind(".//head/title") if (line := one_line(found.text))]
    all_headings = [
        (line, found) for found in page.iterfind(".//h1") if (line := one_line(" ".join(found.itertext())))
    ]
    headings = [line for line, found in all_headings if not _is_of_site(line, found, titles, publisher)]
    heading = headings[0] if len(headings) == 1 else None
    said = [_name(article.get("headline")), *_each(meta, _TITLES), heading, *titles]
    title = _first([line for line in said if not _is_same(line, publisher)]) or _first(said)
    if title is None:
        return None
    if heading and len(heading) > 5 and title.startswith(heading):
        return heading
    site = publisher or (all_headings[0][0] if len(all_headings) == 1 else "")
    return _without_site(title, site)


def _is_of_site(line: str, heading: Any, titles: list[str], publisher: str | None) -> bool:
    """Return whether a main heading names the site.

    So does one that is called like it, with which the title ends, or that leads home.
    """
    if _is_same(line, publisher) or any(_without_site(title, line) != title for title in titles):
        return True
    if line in titles:
        return False
    above = [element.tag for element in heading.iterancestors()]
    if "article" in above or "main" in above:
        return False
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    leads_home = any(urlsplit(link.get("href") or "-").path in ("", "/") for link in links)
    return bool(titles) and (leads_home or "header" in above or "nav" in above)


def _is_same(line: str | None, site: str | None) -> bool:
    return bool(line and site) and str(line).casefold() == str(site).casefold()


def _without_site(title: str, site: str) -> str:
    """Return ``title`` without the name of its site at the end."""
    if not site or title[-len(site) :].casefold() != site.casefold():
        return title
    head = title[: -len(site)]
    words = head.rsplit(maxsplit=1)
    is_apart = head[-1:].isspace() and len(words) == 2 and words[1] in _BEFORE_SITES
    return words[0] if is_apart else title


def _author(page: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str | None:
    in_meta = (
        names_in([value for value in meta.get(name, []) if not _is_address(value)]) for name in _AUTHORS
    )
    marked = page.xpath(".//*[@rel='author' or @itemprop='author']")[:_MOST_MARKED]
    # One that has the others inside is the line with them, and more.
    inner = [found for found in marked if not any(other in marked for other in found.iterdescendants())]
    in_page = names_in([" ".join(found.itertext()) for found in inner if not found.get("content")])
    return _first([_authors(article.get("author")), *in_meta, in_page])


def _authors(said: Any) -> str | None:
    """Return the names of the authors in JSON-LD, with commas between."""
    names = [_name(author) for author in (said[:20] if isinstance(said, list) else [said])]
    return ", ".join(dict.fromkeys(name for line in names if (name := name_in(line)))) or None


def _published(page: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> Any:
    said = [str(article.get("datePublished") or article.get("dateCreated") or ""), *_each(meta, _DAYS)]
    marked = page.xpath(".//*[@itemprop='datePublished' or (self::time and @pubdate)]")
    said += [found.get("datetime") or found.get("content") or found.text or "" for found in marked]
    times = page.xpath(".//time[@datetime]")
    if len(times) == 1:  # several may belong to other articles, or to comments
        said.append(times[0].get("datetime"))
    return next((day for value in said if (day := parse_day(value))), None)


def _language(page: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str | None:
    root = page.getroottree().getroot()
    said = [
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        *_each(meta, ("og:locale", "content-language", "dc.language", "citation_language")),
        article.get("inLanguage"),
    ]
    codes = (value.strip().replace("_", "-") for value in said if isinstance(value, str))
    return next((code for code in codes if _LANGUAGE.fullmatch(code)), None)


def _url(page: Any, article: dict[str, Any], meta: dict[str, list[str]], url: str | None) -> str | None:
    main = article.get("mainEntityOfPage")
    said = [link.get("href") for link in page.iterfind(".//link[@rel='canonical']")]
    said += [
        *_each(meta, ("og:url",)),
        main.get("@id") if isinstance(main, dict) else main,
        article.get("url"),
    ]
    addresses: list[str] = []
    for value in said:
        address = urljoin(url or "", value.strip()) if isinstance(value, str) and value.strip() else ""
        if _is_address(address) and (url is None or _host(address) == _host(url)):
            addresses.append(address)
    # A canonical link to the home page is a mistake of the site.
    return next((address for address in addresses if not _is_home(address)), url)


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        return False


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
