/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/openmetrics.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "model/target.h"

/* A family of samples: a value of each process, or of each of its kinds. */
struct family {
	const char *name, *unit; /* the unit is the end of the name, too; "": none */
	const char *help;
	size_t offset; /* of the uint64_t in its struct */
};

#define OF_KIND(member)    offsetof(struct metrics_kind, member)
#define OF_PROCESS(member) offsetof(struct metrics_process, member)

static const struct family of_kinds[] = {
	{"vastop_mappings", "", "Mappings of a kind.", OF_KIND(mappings)},
	{"vastop_size_bytes", "bytes", "Bytes mapped.", OF_KIND(size)},
	{"vastop_resident_bytes", "bytes", "Bytes in memory (RSS).", OF_KIND(rss)},
	{"vastop_proportional_bytes", "bytes",
	 "Proportional share of what is in memory (PSS), where reading it is cheap.", OF_KIND(pss)},
	{"vastop_swapped_bytes", "bytes", "Bytes swapped out.", OF_KIND(swap)},
};

static const struct family of_processes[] = {
	{"vastop_process_mappings", "", "Mappings of the process.", OF_PROCESS(mappings)},
	{"vastop_process_mappings_limit", "", "Mappings that it may have (vm.max_map_count).",
	 OF_PROCESS(mappings_max)},
	{"vastop_writable_executable_mappings", "",
	 "Mappings that are writable and executable at the same time.",
	 OF_PROCESS(writable_executable)},
	{"vastop_heap_bytes", "bytes", "Bytes mapped for malloc: the brk heap and arenas.",
	 OF_PROCESS(heap)},
	{"vastop_heap_used_bytes", "bytes",
	 "Bytes in use inside malloc's arenas, those that threads keep for themselves included.",
	 OF_PROCESS(heap_used)},
	{"vastop_heap_free_bytes", "bytes", "Bytes free inside malloc's arenas.",
	 OF_PROCESS(heap_free)},
	{"vastop_heap_free_resident_bytes", "bytes",
	 "Bytes in memory in pages that are wholly free inside malloc's arenas.",
	 OF_PROCESS(heap_free_resident)},
	{"vastop_heap_unknown_bytes", "bytes",
	 "Bytes of malloc's arenas of which it is not known whether they are in use.",
	 OF_PROCESS(heap_unknown)},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void write_head(FILE *stream, const struct family *family)
{
	fprintf(stream, "# TYPE %s gauge\n", family->name);
	if (*family->unit)
		fprintf(stream, "# UNIT %s %s\n", family->name, family->unit);
	fprintf(stream, "# HELP %s %s\n", family->name, family->help);
}

/* OpenMetrics, "escaped-string": backslash, quote and newline. */
static void append_label(struct text *text, const char *name, const char *value)
{
	size_t length = strlen(value), taken;
	uint32_t codepoint;

	text_append_format(text, "%s=\"", name);
	for (; length; value += taken, length -= taken) {
		taken = utf8_decode(value, length, &codepoint);
		if (!taken) {
			text_append_format(text, "\\\\x%02x", (unsigned char)*value);
			taken = 1;
		} else if (*value == '\n') {
			text_append(text, "\\n");
		} else {
			text_append(text, *value == '\\' || *value == '"' ? "\\" : "");
			text_append_bytes(text, value, taken);
		}
	}
	text_append(text, "\"");
}

/* The labels of the process, "{" before them. */
static void append_labels(struct text *text, const struct metrics_process *process)
{
	text_append_format(text, "{pid=\"%" PRId32 "\",", process->pid);
	append_label(text, "comm", process->comm);
	text_append_char(text, ',');
	append_label(text, "unit", process->unit);
}

static uint64_t value_at(const void *structure, const struct family *family)
{
	return *(const uint64_t *)((const char *)structure + family->offset);
}

static void write_of_kinds(FILE *stream, const struct family *family,
			   const struct metrics_process *process, const char *labels)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		uint64_t value = value_at(&process->kinds[kind], family);

		if (process->kinds[kind].mappings && value != TARGET_UNKNOWN)
			fprintf(stream, "%s%s,kind=\"%s\"} %" PRIu64 "\n", family->name, labels,
				kind_name(kind), value);
	}
}

/* What grew since the process was first seen, also of kinds that it has no more. */
static void write_growth(FILE *stream, const struct metrics_process *process, const char *labels)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		const struct metrics_kind *of = &process->kinds[kind];

		if (of->mappings || of->size_first)
			fprintf(stream, "vastop_growth_bytes%s,kind=\"%s\"} %" PRId64 "\n", labels,
				kind_name(kind), (int64_t)(of->size - of->size_first));
	}
}

static void write_of_process(FILE *stream, const struct family *family,
			     const struct metrics_process *process, const char *labels)
{
	uint64_t value = value_at(process, family);

	if (value != TARGET_UNKNOWN && value != TARGET_UNLIMITED)
		fprintf(stream, "%s%s} %" PRIu64 "\n", family->name, labels, value);
}

/* A family of each sort, written by the function of that sort. */
static void write_family(FILE *stream, const struct family *family,
			 const struct metrics_process *processes, size_t count,
			 void (*write)(FILE *stream, const struct family *family,
				       const struct metrics_process *process, const char *labels))
{
	struct text labels = {0};

	write_head(stream, family);
	for (size_t i = 0; i < count && !ferror(stream); i++) {
		text_clear(&labels);
		append_labels(&labels, &processes[i]);
		write(stream, family, &processes[i], text_string(&labels));
	}
	text_finish(&labels);
}

static void write_growth_of(FILE *stream, const struct family *family,
			    const struct metrics_process *process, const char *labels)
{
	(void)family;
	write_growth(stream, process, labels);
}

static void write_seconds(FILE *stream, const char *name, const char *help, int64_t time_ns)
{
	const struct family family = {name, "seconds", help, 0};

	write_head(stream, &family);
	fprintf(stream, "%s %" PRId64 ".%03d\n", name, time_ns / 1000000000,
		(int)(time_ns / 1000000 % 1000));
}

static void write_count(FILE *stream, const char *name, const char *help, uint64_t count)
{
	const struct family family = {name, "", help, 0};

	write_head(stream, &family);
	fprintf(stream, "%s %" PRIu64 "\n", name, count);
}

void openmetrics_write(FILE *stream, const struct metrics_process *processes, size_t count,
		       const struct metrics_round *round)
{
	static const struct family growth = {
		"vastop_growth_bytes", "bytes",
		"Bytes mapped more, or fewer, than when the process was first seen.", 0};

	for (size_t i = 0; i < COUNT(of_kinds); i++)
		write_family(stream, &of_kinds[i], processes, count, write_of_kinds);
	write_family(stream, &growth, processes, count, write_growth_of);
	for (size_t i = 0; i < COUNT(of_processes); i++)
		write_family(stream, &of_processes[i], processes, count, write_of_process);
	write_count(stream, "vastop_processes", "Processes in this file.", count);
	write_count(stream, "vastop_processes_failed", "Processes that could not be read.",
		    round->failed);
	write_count(stream, "vastop_processes_left_out",
		    "Processes of the names that are too many to be watched.", round->left_out);
	write_seconds(stream, "vastop_round_seconds", "How long the last round took.",
		      round->length_ns);
	write_seconds(stream, "vastop_round_cpu_seconds", "Processor time of the last round.",
		      round->cpu_ns);
	write_seconds(stream, "vastop_round_timestamp_seconds", "When the last round ended.",
		      round->time_ns);
	fputs("# EOF\n", stream);
}
