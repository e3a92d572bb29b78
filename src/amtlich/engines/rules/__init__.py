# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Rules engine: DMN models and FEEL expressions, with traces and a proof of completeness for tables."""

from __future__ import annotations

from typing import Final

from amtlich.engines.rules.analysis import Finding, analyse
from amtlich.engines.rules.convert import from_feel, read_back, to_feel
from amtlich.engines.rules.errors import RulesError
from amtlich.engines.rules.expression import Expression, parse_expression
from amtlich.engines.rules.loader import load_model
from amtlich.engines.rules.model import Decision, InputData, Model
from amtlich.engines.rules.table import DecisionTable, HitPolicy, Rule
from amtlich.engines.rules.trace import Evaluation, NearMiss, Step

# Part of every decision record: the same model and inputs give the same outcome under the same version.
ENGINE_VERSION: Final = "1.1.0"

__all__ = [
    "ENGINE_VERSION",
    "Decision",
    "DecisionTable",
    "Evaluation",
    "Expression",
    "Finding",
    "HitPolicy",
    "InputData",
    "Model",
    "NearMiss",
    "Rule",
    "RulesError",
    "Step",
    "analyse",
    "from_feel",
    "load_model",
    "parse_expression",
    "read_back",
    "to_feel",
]
