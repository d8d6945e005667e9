"""Which passages are worth reading: found by meaning and by words, joined by rank, near-duplicates as one."""

from retrieval.retrieve.candidates import Candidates, find_all, find_candidates, join_candidates
from retrieval.retrieve.near_duplicates import NearDuplicates
from retrieval.retrieve.snapshot import snapshots

__all__ = ["Candidates", "NearDuplicates", "find_all", "find_candidates", "join_candidates", "snapshots"]
