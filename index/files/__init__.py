"""Files and folders of the data folder: whom they belong to, and how they come into place whole."""
