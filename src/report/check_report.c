/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/check_report.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/finding_table.h"
#include "model/finding_words.h"
#include "model/kind.h"
#include "model/target.h"
#include "report/json_values.h"

#define NAME_COLUMNS     25 /* the longest name of a finding and two blanks */
#define SEVERITY_COLUMNS 8

static void append_head(struct text *text, const struct check_report *report)
{
	const struct findings *findings = report->findings;
	size_t found = findings_count(findings, FINDING_STATE_FOUND);
	size_t unknown = findings_count(findings, FINDING_STATE_UNKNOWN);

	text_append_format(text, "%" PRId32 " ", report->target->pid);
	utf8_append_escaped(text, report->target->comm, strlen(report->target->comm));
	if (found)
		text_append_format(text, ": %zu of %d checks found something", found,
				   FINDING_COUNT);
	else
		text_append(text, ": nothing found");
	if (unknown)
		text_append_format(text, ", %zu could not be decided", unknown);
	text_append(text, "\n");
}

/* The lines of one check: what was found, or with unknown what is not known. */
static void append_lines(struct text *text, const struct findings *findings, unsigned type,
			 bool unknown)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->findings[i];

		if (finding->type != type || !finding->unknown == unknown)
			continue;
		text_append(text, "    ");
		finding_words_append(text, finding);
		text_append(text, "\n");
	}
}

static void append_found(struct text *text, const struct findings *findings,
			 enum finding_severity severity)
{
	for (unsigned type = 0; type < FINDING_COUNT; type++) {
		if (findings->states[type] != FINDING_STATE_FOUND ||
		    finding_severity((enum finding_type)type) != severity)
			continue;
		text_append_format(text, "\n%-*s%s\n  %s\n  %s\n", SEVERITY_COLUMNS,
				   finding_severity_name(severity),
				   finding_name((enum finding_type)type),
				   finding_meaning((enum finding_type)type),
				   finding_advice((enum finding_type)type));
		append_lines(text, findings, type, false);
	}
}

static bool has_unknown(const struct findings *findings, unsigned type)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->findings[i].type == type && findings->findings[i].unknown)
			return true;
	return false;
}

/* Also of checks that found something else. */
static void append_unknown(struct text *text, const struct findings *findings)
{
	for (unsigned type = 0; type < FINDING_COUNT; type++) {
		if (!has_unknown(findings, type))
			continue;
		text_append_format(text, "\nunknown %s\n", finding_name((enum finding_type)type));
		append_lines(text, findings, type, true);
	}
}

/* The names of the checks in that state, on one line. */
static void append_names(struct text *text, const struct findings *findings,
			 enum finding_state state, const char *label)
{
	bool first = true;

	for (unsigned type = 0; type < FINDING_COUNT; type++) {
		if (findings->states[type] != state)
			continue;
		text_append(text, first ? label : ", ");
		text_append(text, finding_name((enum finding_type)type));
		first = false;
	}
	text_append(text, first ? "" : "\n");
}

void check_report_write_text(FILE *stream, const struct check_report *report)
{
	const struct findings *findings = report->findings;
	struct text text = {0};

	append_head(&text, report);
	for (int severity = FINDING_HIGH; severity >= FINDING_LOW; severity--)
		append_found(&text, findings, (enum finding_severity)severity);
	append_unknown(&text, findings);
	append_names(&text, findings, FINDING_STATE_NONE, "\nnothing found: ");
	append_names(&text, findings, FINDING_STATE_UNWATCHED,
		     "\nonly watching shows (--samples=N): ");
	fwrite(text_string(&text), 1, text.length, stream);
	text_finish(&text);
}

static int take(void *context, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, context) == length ? 0 : -EIO;
}

static void write_finding(struct json_writer *writer, const struct finding *finding)
{
	static const char *const units[] = {
		[FINDING_UNIT_BYTES] = "bytes",
		[FINDING_UNIT_MAPPINGS] = "mappings",
	};
	const bool memory = finding->start < finding->end;
	const bool counts = finding->unit != FINDING_UNIT_NONE;

	json_writer_object(writer, NULL);
	if (memory) {
		json_writer_hex(writer, "start", finding->start);
		json_writer_hex(writer, "end", finding->end);
	} else {
		json_writer_null(writer, "start");
		json_writer_null(writer, "end");
	}
	if (memory && finding->perms)
		json_values_perms(writer, "perms", finding->perms);
	else
		json_writer_null(writer, "perms");
	json_values_string(writer, "kind",
			   finding->kind < KIND_COUNT ? kind_name((enum kind)finding->kind) : NULL);
	json_values_tid(writer, "tid", finding->tid);
	json_values_string(writer, "file", finding->file);
	json_values_string(writer, "note", finding->unknown ? finding->unknown : finding->note);
	json_values_number(writer, "value", counts ? finding->value : TARGET_UNKNOWN);
	json_values_number(writer, "limit", counts ? finding->limit : TARGET_UNKNOWN);
	json_values_string(writer, "unit", units[finding->unit]);
	json_writer_end(writer);
}

static void write_findings(struct json_writer *writer, const struct findings *findings,
			   unsigned type, bool unknown)
{
	json_writer_array(writer, unknown ? "unknown" : "evidence");
	for (size_t i = 0; i < findings->count; i++)
		if (findings->findings[i].type == type && !findings->findings[i].unknown != unknown)
			write_finding(writer, &findings->findings[i]);
	json_writer_end(writer);
}

static void write_check(struct json_writer *writer, const struct findings *findings, unsigned index)
{
	enum finding_type type = (enum finding_type)index;

	json_writer_object(writer, NULL);
	json_writer_string(writer, "name", finding_name(type));
	json_writer_string(writer, "severity", finding_severity_name(finding_severity(type)));
	json_writer_string(writer, "state",
			   finding_state_name((enum finding_state)findings->states[type]));
	json_writer_string(writer, "meaning", finding_meaning(type));
	json_writer_string(writer, "advice", finding_advice(type));
	write_findings(writer, findings, index, false);
	write_findings(writer, findings, index, true);
	json_writer_end(writer);
}

int check_report_write_json(FILE *stream, const struct check_report *report)
{
	const struct target *target = report->target;
	struct json_writer writer;

	json_writer_init(&writer, take, stream, true);
	json_writer_object(&writer, NULL);
	json_writer_string(&writer, "schema", "vastop.check/1");
	json_writer_signed(&writer, "pid", target->pid);
	json_values_string(&writer, "comm", *target->comm ? target->comm : NULL);
	json_values_string(&writer, "exe", target->exe);
	json_values_number(&writer, "start_ticks", target->start_ticks);
	json_values_time(&writer, "time", report->time_ns);
	json_writer_decimal(&writer, "watched_seconds", (uint64_t)report->watched_ns / 1000000, 3);
	json_writer_array(&writer, "checks");
	for (unsigned type = 0; type < FINDING_COUNT; type++)
		write_check(&writer, report->findings, type);
	json_writer_end(&writer);
	json_writer_end(&writer);
	return json_writer_finish(&writer);
}
