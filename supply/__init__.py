"""What Verbatim is made of, and whether that may be used: pins, licences, a bill of materials, known faults.

Nothing that runs needs it.
"""
