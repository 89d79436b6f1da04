"""The course as a web site that needs no kernel: executed lectures with live demos."""
