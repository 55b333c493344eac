/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_growth.h"

#include <errno.h>

#include "base/json_writer.h"
#include "inside/call_sites.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "report/json_values.h"

#define SHARE_PLACES 6

static int take(void *context, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, context) == length ? 0 : -EIO;
}

/* A share from 0 to 1; negative: not known. */
static void write_share(struct json_writer *writer, const char *name, double share)
{
	if (share < 0)
		json_writer_null(writer, name);
	else
		json_writer_decimal(writer, name, (uint64_t)(share * 1e6 + 0.5), SHARE_PLACES);
}

static double share_of(uint64_t bytes, uint64_t all)
{
	return all ? (double)bytes / (double)all : 0;
}

static void write_place(struct json_writer *writer, const struct code_frame *frame)
{
	json_values_string(writer, "function", frame ? frame->function : NULL);
	json_values_string(writer, "module", frame && *frame->module ? frame->module : NULL);
	json_values_number(writer, "offset", frame ? frame->offset : TARGET_UNKNOWN);
	json_values_string(writer, "file", frame ? frame->file : NULL);
	json_values_number(writer, "line", frame && frame->line ? frame->line : TARGET_UNKNOWN);
}

static void write_kinds(struct json_writer *writer, const struct call_site *site)
{
	json_writer_object(writer, "kinds");
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (site->kinds[kind])
			json_writer_number(writer, kind_name((enum kind)kind), site->kinds[kind]);
	json_writer_end(writer);
}

static void write_stack(struct json_writer *writer, const struct called_stack *stack)
{
	json_writer_array(writer, "stack");
	for (uint32_t i = 0; stack && i < stack->count; i++) {
		json_writer_object(writer, NULL);
		write_place(writer, &stack->frames[i]);
		json_writer_boolean(writer, "inlined", stack->frames[i].inlined);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

static void write_site(struct json_writer *writer, const struct call_sites *sites,
		       const struct call_site *site)
{
	const struct called_stack *stack =
		site->stack == CALL_SITES_NONE ? NULL : &sites->stacks[site->stack];

	json_writer_object(writer, NULL);
	write_place(writer, site->frame);
	json_writer_number(writer, "bytes", site->bytes);
	write_share(writer, "share", share_of(site->bytes, sites->bytes));
	json_writer_number(writer, "rate", call_site_rate(site, &sites->listening));
	json_writer_string(writer, "by", call_stack_source_name(call_site_source(site)));
	write_kinds(writer, site);
	/* Which of the frames is the site: those before it provided memory for it, or ran it. */
	json_values_number(writer, "site_frame", stack ? stack->own : TARGET_UNKNOWN);
	write_stack(writer, stack);
	json_writer_end(writer);
}

static void write_balance(struct json_writer *writer, const struct growth_balance *balance,
			  uint64_t touched)
{
	json_writer_object(writer, "balance");
	json_writer_number(writer, "touched", touched);
	json_writer_number(writer, "mapped", balance->mapped);
	json_writer_number(writer, "unmapped", balance->unmapped);
	if (balance->known)
		json_writer_signed(writer, "rss", balance->rss);
	else
		json_writer_null(writer, "rss");
	if (balance->swap_known)
		json_writer_signed(writer, "swap", balance->swap);
	else
		json_writer_null(writer, "swap");
	json_values_number(writer, "untouched",
			   balance->known ? balance->untouched : TARGET_UNKNOWN);
	json_values_number(writer, "gone", balance->known ? balance->gone : TARGET_UNKNOWN);
	json_values_number(writer, "swapped",
			   balance->swap_known ? balance->swapped : TARGET_UNKNOWN);
	json_writer_end(writer);
}

int json_growth_write(FILE *stream, const struct address_space *space,
		      const struct call_sites *sites, const struct growth_balance *balance)
{
	const struct listening *listening = &sites->listening;
	struct json_writer writer;

	json_writer_init(&writer, take, stream, true);
	json_writer_object(&writer, NULL);
	json_writer_string(&writer, "schema", "vastop.growth/1");
	json_writer_signed(&writer, "pid", space->target.pid);
	json_values_time(&writer, "time", listening->start_ns);
	json_writer_number(&writer, "page_size", space->target.page_size);
	json_writer_decimal(&writer, "seconds", listening->elapsed_ns / 1000000, 3);
	write_share(&writer, "listened",
		    listening->elapsed_ns
			    ? (double)listening->listened_ns / (double)listening->elapsed_ns
			    : -1);
	json_writer_number(&writer, "unheard", listening->unheard_bytes);
	json_writer_number(&writer, "period", listening->period);
	json_writer_number(&writer, "events", listening->samples);
	json_writer_number(&writer, "faults", listening->faults);
	json_writer_number(&writer, "lost", listening->lost);
	write_share(&writer, "slowdown_estimate", listening->slowdown);
	write_share(&writer, "kernel_share", listening->in_kernel ? 0 : listening->kernel_share);
	json_writer_number(&writer, "missed_threads", listening->missed_threads);
	json_values_number(&writer, "huge",
			   listening->huge_unknown ? TARGET_UNKNOWN : listening->huge_bytes);
	write_balance(&writer, balance, sites->bytes);
	json_writer_array(&writer, "sites");
	for (size_t i = 0; i < sites->site_count && !json_writer_failed(&writer); i++)
		write_site(&writer, sites, &sites->sites[i]);
	json_writer_end(&writer);
	json_writer_end(&writer);
	return json_writer_finish(&writer);
}
