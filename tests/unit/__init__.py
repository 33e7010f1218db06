"""Tests of single modules, without network, processes or database."""
