"""The words of the page on language: from text to numbers."""

from __future__ import annotations

from dl_core.glossary_terms.term import Term

LANGUAGE = (
    Term(
        "nlp",
        "NLP",
        "Work with text and speech by machine.",
        "Sorting support mails is NLP.",
        "language",
        ("natural language processing",),
        ("natural language processing",),
    ),
    Term(
        "bag-of-words",
        "bag of words",
        "Counts each word of a text and forgets the order.",
        "Counting “broken” and “refund” sorts many mails well enough.",
        "language",
        ("BoW", "count vector", "term frequencies"),
        ("bag",),
    ),
    Term(
        "embedding",
        "embedding",
        "A list of numbers for a word; near means alike.",
        "A search for “sofa” finds “couch” by its embedding.",
        "language",
        ("word vector", "word2vec", "GloVe"),
        ("embeddings",),
    ),
    Term(
        "pca",
        "PCA",
        "A view that keeps the largest differences.",
        "A map of all mails, seen by PCA, parts billing from damage.",
        "language",
        ("principal component analysis", "projection"),
    ),
    Term(
        "drawer",
        "drawer",
        "The group that a dictionary puts a meaning into.",
        "“Animal” and “food” are drawers, as “billing” and “returns” are for mails.",
        "language",
        ("lexicographer file", "category"),
        ("drawers",),
    ),
    Term(
        "positional-encoding",
        "positional encoding",
        "Numbers that tell each place in a text from the others.",
        "It lets a model tell “the dog bit the man” from the other way round.",
        "language",
        ("position embedding", "RoPE"),
    ),
    Term(
        "attention",
        "attention",
        "Each word looks at all words and takes what fits.",
        "In “it is broken”, attention can link “it” to the lamp named before.",
        "language",
        ("self-attention",),
        ("self-attention",),
    ),
    Term(
        "head",
        "head",
        "One of several ways in which attention looks at once.",
        "One head may link “it” to the parcel, another the parcel to its price.",
        "language",
        ("attention head",),
        ("heads",),
        "On a borrowed network, the head is the new last layer that you train.",
    ),
    Term(
        "transformer",
        "Transformer",
        "A network of layers with attention.",
        "The writing help in your support tool is a Transformer.",
        "language",
        ("LLM", "GPT"),
        ("transformers",),
        "One library called every layer a transformer; here it is the network with attention.",
    ),
)
