"""What a person does with the forms of the page: send one, and agree to a difference."""

from __future__ import annotations

import html
import re

FORM = re.compile(r'name="form" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def post(browser, path: str, page: str, files=None, **fields: str):
    """Send the fields with the secret that stands in ``page``."""
    found = FORM.search(browser.look(page))
    return browser.client.post(path, data={"form": found[1], **fields}, files=files)


def agree(browser, page):
    """Press «Áp dụng» on the page of differences."""
    assert 'name="agreed"' in page.text, page.text
    form = page.text[page.text.index('<ol class="difference">') :]
    fields: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(form):
        fields.setdefault(name, []).append(html.unescape(value))
    path = re.search(r'<form method="post" action="([^"]+)" class="buttons">', form)[1]
    return browser.client.post(path, data={**fields, "agreed": "1"})
