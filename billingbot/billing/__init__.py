"""What charges become under the rules. Pure: domain records in, domain records out, amounts as `Decimal`."""
