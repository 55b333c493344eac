/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/report_options.h"

#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "model/query.h"
#include "ui/find.h"

/* Options of metrics, and of them only. */
static bool check_metrics(const struct options *options)
{
	if (options->format == FORMAT_OPENMETRICS && options->filter) {
		message_say(
			"--filter does not apply to --format=openmetrics, which has all kinds.");
		return false;
	}
	if (options->format == FORMAT_OPENMETRICS && !options->output &&
	    (options->samples > 1 || options->interval_ns)) {
		message_say("metrics are written again and again with --output=FILE only.");
		return false;
	}
	if (options->format != FORMAT_OPENMETRICS && options->budget > 0) {
		message_say("--budget does not apply to --once but for --format=openmetrics.");
		return false;
	}
	if (options->format != FORMAT_OPENMETRICS && options->large_heaps) {
		message_say("--large-heaps applies only to --format=openmetrics.");
		return false;
	}
	return true;
}

/* Options that would do nothing for the format. */
static bool check_format(const struct options *options)
{
	bool fields = options->format == FORMAT_TABLE || options->format == FORMAT_CSV;

	if (options->fields.count && !fields) {
		message_say("--fields applies only to --format=table and --format=csv.");
		return false;
	}
	if (options->dark && options->format != FORMAT_SVG) {
		message_say("--background applies only to --format=svg.");
		return false;
	}
	if (options->format == FORMAT_SVG && (options->samples > 1 || options->process_count > 1)) {
		message_say("--format=svg is one drawing: of one process, and without --samples.");
		return false;
	}
	if (options->interval_ns && options->samples < 2 && options->format != FORMAT_OPENMETRICS) {
		message_say("--delay does not apply to one sample; add --samples=N.");
		return false;
	}
	return check_metrics(options);
}

static bool check_filter(const char *filter)
{
	struct query_mistake mistake;
	struct query *query;
	struct text why = {0};

	if (!query_create(filter, &query, &mistake)) {
		query_destroy(query);
		return true;
	}
	find_append_mistake(&why, filter, &mistake);
	message_say("--filter is not a query. %s%s", text_string(&why),
		    why.bytes[why.length - 1] == '?' ? "" : ".");
	text_finish(&why);
	return false;
}

bool report_options_check(const struct options *options)
{
	return check_format(options) && (!options->filter || check_filter(options->filter));
}
