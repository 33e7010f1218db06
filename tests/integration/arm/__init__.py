"""Tests of the client for Azure Resource Manager over HTTPS on this machine."""
