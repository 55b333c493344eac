/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/interval_commands.h"

#include <stddef.h>
#include <stdint.h>

#include "ui/ui.h"

/* Frame intervals that keys choose from; nanoseconds. */
static const uint64_t intervals[] = {
	10000000,   20000000,   50000000,   100000000,   200000000,   500000000,
	1000000000, 2000000000, 5000000000, 10000000000, 30000000000, 60000000000,
};

#define INTERVALS (sizeof(intervals) / sizeof(intervals[0]))

static void set(struct ui *ui, uint64_t interval_ns)
{
	ui->request.interval_ns = interval_ns;
	ui_want(ui, UI_INTERVAL);
}

/* One sample has no interval. */
static const char *why_none(const struct ui *ui)
{
	return shown_is_core(&ui->shown) ? "A core file has one sample." : NULL;
}

const char *interval_commands_why_not_faster(const struct ui *ui)
{
	if (why_none(ui))
		return why_none(ui);
	return ui->host.interval_ns <= intervals[0] ? "The shortest interval is 0.01 s." : NULL;
}

void interval_commands_faster(struct ui *ui)
{
	size_t i = INTERVALS - 1;

	while (i && intervals[i] >= ui->host.interval_ns)
		i--;
	set(ui, intervals[i]);
}

const char *interval_commands_why_not_slower(const struct ui *ui)
{
	if (why_none(ui))
		return why_none(ui);
	return ui->host.interval_ns >= intervals[INTERVALS - 1]
		       ? "The longest interval by key is a minute; --delay sets longer ones."
		       : NULL;
}

void interval_commands_slower(struct ui *ui)
{
	size_t i = 0;

	while (i + 1 < INTERVALS && intervals[i] <= ui->host.interval_ns)
		i++;
	set(ui, intervals[i]);
}
