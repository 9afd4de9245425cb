"""Emergency access: who can be reached, how fast, by how many ways, with a certificate that anyone can check."""
