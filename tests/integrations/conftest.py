"""The contract suite explains its failures like any test."""

import pytest

pytest.register_assert_rewrite("helpers.contract")
