"""Provider files as they are published, each brought to the columns of its layer's schema."""
