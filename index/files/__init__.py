"""Files of the data folder: who may read them, atomic writes, SQLite, damage, full disks."""
