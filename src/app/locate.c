/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/locate.h"

#include <errno.h>
#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#include "app/denied.h"
#include "app/options.h"
#include "app/output.h"
#include "app/place_option.h"
#include "app/source_error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "files/file_prober.h"
#include "files/inside_cache.h"
#include "files/source_line.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "residency/page_probe.h"
#include "sampler/source.h"
#include "ui/glyphs.h"
#include "ui/text/answer.h"
#include "ui/text/explain.h"

static void append_line(struct text *text, const char *label, const char *value)
{
	text_append_format(text, "%-*s%s\n", ANSWER_LABEL_COLUMNS, label, value);
}

/* The address, and the statements that the screen shows, too. */
static void append_answer(struct text *text, const struct options *options,
			  const struct answer_about *about)
{
	struct explanation explanation;
	struct text address = {0};

	text_append_format(&address, "%" PRIx64, about->address);
	if (strcmp(options->place, text_string(&address)) != 0) {
		text_append(&address, " = ");
		utf8_append_escaped(&address, options->place, strlen(options->place));
	}
	append_line(text, "address", text_string(&address));
	answer_make(&explanation, about);
	for (size_t i = 0; i < explanation.count; i++)
		append_line(text, explanation.statements[i].label, explanation.statements[i].value);
	explanation_finish(&explanation);
	text_finish(&address);
}

static void look_inside(const struct procfs_options *procfs, const struct address_space *space,
			size_t index, struct inside_answer *ret_inside)
{
	struct inside_cache *cache = inside_cache_create(procfs);

	inside_cache_find(cache, space, index, ret_inside);
	inside_cache_destroy(cache);
}

/* Only code has lines. The text is what the answer then refers to. */
static void look_up_line(const struct procfs_options *procfs, struct answer_about *about,
			 const struct vma *vma, struct text *line)
{
	uint64_t address = about->address - about->bias;
	const struct inside_section *section = section_list_at(&about->object->sections, address);

	if (section && section->kind == KIND_TEXT && vma_has_file(vma) &&
	    !source_line_append(procfs, about->space->target.pid, vma, address, line))
		about->line = text_string(line);
}

/* Returns the exit status. */
static int write_answer(const struct options *options, const struct address_space *space,
			uint64_t address)
{
	const struct procfs_options procfs = options_procfs(options);
	size_t index = address_space_find(space, address);
	struct answer_about about = {
		.space = space,
		.address = address,
		.page = page_facts_unknown(),
		.unknown = glyphs_get(!strcmp(nl_langinfo(CODESET), "UTF-8"))->unknown,
	};
	struct inside_answer inside = {0};
	struct region_list regions;
	struct file_facts file;
	struct text text = {0}, line = {0};
	struct output output;

	region_list_init(&regions, space);
	about.regions = &regions;
	if (index < space->vma_count &&
	    !file_prober_probe(&procfs, options->pid, &space->vmas[index], space->target.page_size,
			       &file))
		about.file = &file;
	if (index < space->vma_count)
		look_inside(&procfs, space, index, &inside);
	if (inside.loaded) {
		about.object = inside.object;
		about.bias = inside.bias;
		look_up_line(&procfs, &about, &space->vmas[index], &line);
	} else if (index < space->vma_count && space->vmas[index].kind <= KIND_BSS) {
		about.inside_error = inside.error;
	}
	/* What cannot be had stays unknown, and the answer says so. */
	(void)page_probe(&procfs, options->pid, address, space->target.page_size, PAGE_PROBE_ALL,
			 &about.page);
	append_answer(&text, options, &about);
	output_open(&output);
	fputs(text_string(&text), output.stream);
	text_finish(&text);
	text_finish(&line);
	inside_answer_finish(&inside);
	region_list_finish(&regions);
	return output_close(&output, 0);
}

int locate_run(const struct options *options, struct source *source)
{
	struct address_space *space;
	int error = source_read(source, &space), status;
	uint64_t address;

	if (error)
		return denied_say_of_source(options, source, error);
	status = place_option_find(options, space, "locate", &address);
	if (!status)
		status = write_answer(options, space, address);
	if (!status)
		source_error_say_damage(options, source);
	address_space_destroy(space);
	return status;
}
