"""What can be wrong with a library's file."""

from __future__ import annotations

import sqlite3

import numpy as np

from index import rows


def find_faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, a sentence each; nothing if it is whole."""
    faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    outside = 'SELECT articles.id, start, "end" ' + rows.FROM_PASSAGES
    outside += ' WHERE NOT (0 <= start AND start < "end" AND "end" <= length(text)) OR NOT is_current'
    for article_id, start, end in connection.execute(outside):
        faults.append(f"passage {start}:{end} of {article_id} is no slice of it")
    sizes = set()
    for number, vector in connection.execute("SELECT number, vector FROM passages"):
        sizes.add(len(vector))
        numbers = np.frombuffer(vector[: len(vector) // 4 * 4], dtype=np.float32)
        if len(vector) % 4 or not np.isclose(np.linalg.norm(numbers), 1.0, atol=1e-3):
            faults.append(f"passage number {number} has no unit vector")
    if len(sizes) > 1:
        faults.append("its vectors differ in length")
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:  # busy: nothing is wrong with the words
        raise
    except sqlite3.DatabaseError:
        faults.append("the word index does not agree with the articles")
    return faults
