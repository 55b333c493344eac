/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/growth_table.h"

#include <inttypes.h>
#include <string.h>

#include "app/growth_words.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "inside/call_sites.h"
#include "model/address_space.h"
#include "model/growers.h"
#include "model/growth_balance.h"
#include "model/identity.h"

#define GROWERS_MAX ((size_t)1000)
#define SITES_MAX   ((size_t)40) /* lines */
#define SECOND_NS   1e9

static void append_size(struct text *text, int width, uint64_t bytes)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%*s", width, format_size(size, bytes));
}

static void append_escaped(struct text *text, const char *bytes)
{
	utf8_append_escaped(text, bytes, strlen(bytes));
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void append_function(struct text *text, const struct code_frame *frame)
{
	if (frame->function)
		append_escaped(text, frame->function);
	else if (*frame->module)
		append_escaped(text, base_name(frame->module));
	else
		text_append(text, "code without a file");
	if (!frame->function)
		text_append_format(text, "+0x%" PRIx64, frame->offset);
}

/* The next frame outwards that the site was called by, without functions that were put into it. */
static const struct code_frame *caller_of(const struct call_sites *sites,
					  const struct call_site *site)
{
	const struct called_stack *stack;

	if (site->stack == CALL_SITES_NONE)
		return NULL;
	stack = &sites->stacks[site->stack];
	return stack->own + 1 < stack->count ? &stack->frames[stack->own + 1] : NULL;
}

static void append_place(struct text *text, const struct code_frame *frame)
{
	if (frame->function && *frame->module) {
		text_append(text, "  ");
		append_escaped(text, base_name(frame->module));
	}
	if (frame->file) {
		text_append(text, "  ");
		append_escaped(text, base_name(frame->file));
		if (frame->line)
			text_append_format(text, ":%" PRIu32, frame->line);
	}
}

static void append_kinds(struct text *text, const struct call_site *site)
{
	uint64_t most = 0;
	const char *name = "?";

	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (site->kinds[kind] > most) {
			most = site->kinds[kind];
			name = kind_name((enum kind)kind);
		}
	text_append_format(text, "  %-12s", most ? name : "-");
}

static void write_site(FILE *stream, const struct call_sites *sites, const struct call_site *site)
{
	static const char *const by[CALL_STACK_SOURCE_COUNT] = {
		[CALL_STACK_FRAME_POINTERS] = "frames",
		[CALL_STACK_UNWOUND] = "unwound",
		[CALL_STACK_ADDRESS] = "address",
	};
	const struct code_frame *caller = caller_of(sites, site);
	struct text line = {0};

	append_size(&line, 9, site->bytes);
	text_append_format(&line, "  %5.1f%%",
			   sites->bytes ? 100 * (double)site->bytes / (double)sites->bytes : 0);
	append_size(&line, 8, call_site_rate(site, &sites->listening));
	text_append_format(&line, "/s  %-7s", by[call_site_source(site)]);
	append_kinds(&line, site);
	text_append(&line, "  ");
	if (site->frame) {
		append_function(&line, site->frame);
		append_place(&line, site->frame);
		if (caller) {
			text_append(&line, "  from ");
			append_function(&line, caller);
		}
	} else {
		text_append(&line, "all others, of which there are too many to tell apart");
	}
	fprintf(stream, "%s\n", text_string(&line));
	text_finish(&line);
}

/* The heaviest, and how many more there are. */
static void write_sites(FILE *stream, const struct call_sites *sites)
{
	const size_t shown = sites->site_count < SITES_MAX ? sites->site_count : SITES_MAX;
	char size[FORMAT_SIZE_LENGTH], number[FORMAT_NUMBER_LENGTH];
	uint64_t rest = sites->bytes;

	for (size_t i = 0; i < shown; i++) {
		write_site(stream, sites, &sites->sites[i]);
		rest -= sites->sites[i].bytes;
	}
	if (shown < sites->site_count)
		fprintf(stream, "%9s  by %s more call sites; --format=json writes all\n",
			format_size(size, rest), format_number(number, sites->site_count - shown));
}

static void append_head(struct text *text, const struct growth_table *table)
{
	const struct listening *listening = &table->sites->listening;
	const struct target *target = &table->now->target;
	const double seconds = (double)listening->elapsed_ns / SECOND_NS;

	text_append_format(text, "process %" PRId32 " ", target->pid);
	append_escaped(text, target->comm);
	text_append_format(text, ", %.1f s: ", seconds);
	append_size(text, 0, table->sites->bytes);
	text_append_format(text,
			   " touched for the first time\n"
			   "by %" PRIu64 " samples, one of %" PRIu64 " page faults; ",
			   listening->samples, listening->period);
	if (listening->lost)
		text_append_format(text, "%" PRIu64 " lost; ", listening->lost);
	if (listening->slowdown >= 0)
		text_append_format(text, "the process is slowed by about %.2f %%\n",
				   100 * listening->slowdown);
	else
		text_append(text, "how much that slows the process is not known\n");
}

void growth_table_write(FILE *stream, const struct growth_table *table)
{
	struct text text = {0};

	append_head(&text, table);
	growth_words_append_balance(&text, table->balance, table->ascii ? "-" : "–");
	text_append_char(&text, '\n');
	text_append_format(&text, "%9s  %6s  %8s  %-7s  %-12s  %s\n", "TOUCHED", "SHARE", "RATE",
			   "BY", "KIND", "CALL SITE");
	fputs(text_string(&text), stream);
	write_sites(stream, table->sites);
	text_clear(&text);
	growth_words_append_lacks(&text, &table->sites->listening);
	if (text.length)
		fprintf(stream, "\n%s", text_string(&text));
	text_finish(&text);
}

void growth_table_write_growers(FILE *stream, const struct growth_table *table)
{
	struct identity identity;
	struct growers growers;
	struct text line = {0};

	identity_init(&identity, table->before, table->now);
	growers_init(&growers, &identity, GROWERS_MAX);
	identity_finish(&identity);
	fprintf(stream, "%9s  %9s  %-12s  %s\n", "GREW", "SIZE", "KIND", "MAPPING");
	for (size_t i = 0; i < growers.mapping_count; i++) {
		const struct growers_entry *entry = &growers.mappings[i];

		text_clear(&line);
		append_size(&line, 9, (uint64_t)entry->delta);
		text_append(&line, "  ");
		append_size(&line, 9, entry->size);
		text_append_format(&line, "  %-12s  %012" PRIx64 " ",
				   kind_name((enum kind)entry->kind), entry->start);
		append_escaped(&line, table->now->vmas[entry->vma].name);
		fprintf(stream, "%s\n", text_string(&line));
	}
	if (!growers.mapping_count)
		fputs("no mapping grew\n", stream);
	text_finish(&line);
	growers_finish(&growers);
}
