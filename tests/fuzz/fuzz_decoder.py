"""Coverage-guided fuzzing of quotation marks, words, windows, decoder and shaping (needs atheris).

python tests/fuzz/fuzz_decoder.py [CORPUS] -max_total_time=1800
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["onrecord.finding"]):
    import numpy as np

    from onrecord.article import Article
    from onrecord.finding.confidence import Confidence
    from onrecord.finding.decoding import Settings, decode
    from onrecord.finding.finder import Shaper, readable
    from onrecord.finding.quotation import QuotationMap
    from onrecord.finding.scores import LINK_WIDTH, LINKS, TAGS, WindowScores
    from onrecord.finding.windows import cut_windows
    from onrecord.finding.words import split_words

#: What makes news hard for the decoder, so that the fuzzer need not discover it letter by letter.
_PARTS = ["“", "”", "‘", "’", '"', "'", "``", "''", "«", "»", "\n", " ", "a", "B", ".", ",", "1", "—", "\0"]


def check(data: bytes) -> None:
    """Decode random scores over a random text; statements must lie in the text and their parents exist."""
    provider = atheris.FuzzedDataProvider(data)
    seed = provider.ConsumeUInt(4)
    if provider.ConsumeBool():
        text = provider.ConsumeUnicode(400)
    else:
        text = "".join(provider.PickValueInList(_PARTS) for _ in range(min(400, provider.remaining_bytes())))
    article = Article(path="-", text=text)
    paragraphs = readable(article)
    quotations = QuotationMap(text, paragraphs)
    words = split_words(text, paragraphs, quotations)
    if not len(words):
        return
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 9, len(words)).tolist()
    windows = []
    for first, behind in cut_windows(words, sizes, 12):
        count = behind - first
        tags = np.log(random.dirichlet([0.3] * len(TAGS), (2, count)) + 1e-9).astype(np.float32)
        links = random.normal(size=(count, len(LINKS), 2, 2, LINK_WIDTH)).astype(np.float32)
        nothing = random.normal(size=(count, len(LINKS))).astype(np.float32)
        windows.append(WindowScores(first, behind, tags, links, nothing))
    shaper = Shaper(article, words, quotations, Confidence())
    for draft in decode(windows, words, Settings()):
        statements = shaper.statements(draft, 0.0)
        ids = {statement.id for statement in statements}
        for statement in statements:
            for start, end in (*statement.content, *statement.source, *statement.cue):
                assert 0 <= start < end <= len(text)
            assert statement.parent is None or statement.parent in ids
            assert 0 <= statement.confidence <= 1


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
