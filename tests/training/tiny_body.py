"""A cross-encoder of two small layers in the form of the packaged one, quick to train on any processor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from torch import nn
from transformers import BertConfig, BertModel

from training.body import Body
from training.export import write_quantised

UNKNOWN = "[UNK]"
SPECIAL = ("[PAD]", UNKNOWN, "[CLS]", "[SEP]")


class CrossEncoder(nn.Module):
    """What the package carries: a body and its one score."""

    def __init__(self, sizes: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(sizes)
        self.classifier = nn.Linear(sizes.hidden_size, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        body = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return self.classifier(body.pooler_output)  # type: ignore[no-any-return]  # torch says Any


def write_body(folder: Path, texts: Iterable[str]) -> Body:
    """Write to ``folder`` a body of random weights that knows the words of ``texts``."""
    folder.mkdir(parents=True)
    tokenizer = make_tokenizer(texts)
    tokenizer.save(str(folder / "tokenizer.json"))
    sizes = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=512,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.1,  # of small layers, the usual 0.02 lets nearly nothing through
        attn_implementation="eager",  # type: ignore[call-arg]  # it takes more than its class declares
    )
    torch.manual_seed(0)
    model = CrossEncoder(sizes).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.01 * torch.randn(weight.shape))  # of equal ones, the exporter would keep one
    body = Body(folder, sizes)
    write_quantised(model, body.weights, ["relevance"])
    return body


def make_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Return a lower-case tokenizer of whole words, as BERT puts a pair together."""
    normalizer, splitter = BertNormalizer(lowercase=True), BertPreTokenizer()
    words = {word for text in texts for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text))}
    vocab = {word: number for number, word in enumerate((*SPECIAL, *sorted(words)))}
    tokenizer = Tokenizer(WordPiece(vocab, unk_token=UNKNOWN))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, splitter
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])],
    )
    return tokenizer
