"""How long a test waits for what has to happen, on a machine however busy; it goes on as soon as it has."""

PATIENT_S = 180.0
