/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/amounts.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/format.h"

#define SECONDS_PER_HOUR 3600
#define RATE_MAX         1e18 /* what is shown at most; fits 64 bits */

const char *amounts_delta(char out[static AMOUNTS_LENGTH], int64_t bytes)
{
	char size[FORMAT_SIZE_LENGTH];
	const bool less = bytes < 0;
	/* Negated as unsigned: the least int64_t has no positive twin. */
	uint64_t amount = less ? 0 - (uint64_t)bytes : (uint64_t)bytes;

	snprintf(out, AMOUNTS_LENGTH, "%s%s",
		 less        ? "-"
		 : bytes > 0 ? "+"
			     : "",
		 format_size(size, amount));
	return out;
}

const char *amounts_rate(char out[static AMOUNTS_LENGTH], double rate, const char *unknown)
{
	char size[FORMAT_SIZE_LENGTH];
	double amount = fabs(rate);
	const char *unit = "s";

	if (!isfinite(rate)) {
		snprintf(out, AMOUNTS_LENGTH, "%s", unknown);
		return out;
	}
	if (amount < 1) {
		/* A page in some hours is slow, but it is not nothing. */
		amount *= SECONDS_PER_HOUR;
		unit = amount < 1 ? "s" : "h";
	}
	if (amount > RATE_MAX)
		amount = RATE_MAX;
	snprintf(out, AMOUNTS_LENGTH, "%s%s/%s", signbit(rate) && amount >= 1 ? "-" : "",
		 format_size(size, (uint64_t)amount), unit);
	return out;
}
