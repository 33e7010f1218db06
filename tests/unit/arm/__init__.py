"""Tests of the client for Azure Resource Manager: its pure parts."""
