/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>

#include "app/denied.h"
#include "app/locate.h"
#include "app/message.h"
#include "app/options.h"
#include "app/place_option.h"
#include "app/source_error.h"
#include "base/text.h"
#include "call_log.h"
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
#include "support/capture.h"
#include "ui/text/answer.h"
#include "ui/text/explain.h"

/* What --locate asks about an address, and hands to the answer, by a script. */

#define BIAS UINT64_C(0x10000)

static struct {
	int read, place, probe, line; /* errors, and a status */
	uint64_t address;
	bool loaded;
	int inside_error;
} script;

/* In the file from 0x2000 on, in memory BIAS above: code, data. */
static struct inside_section sections[] = {
	{.start = 0x2000, .end = 0x3000, .name = ".text", .kind = KIND_TEXT},
	{.start = 0x3000, .end = 0x4000, .name = ".data", .kind = KIND_DATA},
};
static struct inside_object object = {.sections = {.sections = sections, .count = 2}};

static struct source source;
static struct options options;

int source_read(struct source *of, struct address_space **ret_space)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = 4096};
	const struct vma vmas[] = {
		{.start = 0x12000, .end = 0x14000, .kind = KIND_DATA, .inode = 9, .name = "/f"},
		{.start = 0x20000, .end = 0x21000, .kind = KIND_HEAP, .name = "[heap]"},
		{.start = 0x30000, .end = 0x31000, .kind = KIND_BSS, .name = ""},
	};

	assert_ptr_equal(of, &source);
	return script.read ? script.read : address_space_create(&target, vmas, 3, 1, 0, ret_space);
}

int denied_say_of_source(const struct options *of, struct source *with, int error)
{
	(void)of, (void)with;
	call_log_say("denied, %d", error);
	return 31;
}

int place_option_find(const struct options *of, const struct address_space *space,
		      const char *option, uint64_t *ret_address)
{
	(void)of;
	call_log_say("place of --%s in %d", option, (int)space->target.pid);
	if (!script.place)
		*ret_address = script.address;
	return script.place;
}

void source_error_say_damage(const struct options *of, const struct source *with)
{
	(void)of;
	assert_ptr_equal(with, &source);
	call_log_say("damage");
}

int file_prober_probe(const struct procfs_options *of, int32_t pid, const struct vma *vma,
		      uint64_t page_size, struct file_facts *ret_facts)
{
	assert_string_equal(of->root, "/p");
	assert_int_equal(page_size, 4096);
	call_log_say("file of %d, %" PRIx64, (int)pid, vma->start);
	if (!script.probe)
		*ret_facts = (struct file_facts){0};
	return script.probe;
}

struct inside_cache *inside_cache_create(const struct procfs_options *of)
{
	assert_string_equal(of->root, "/p");
	return (struct inside_cache *)&script;
}

void inside_cache_destroy(struct inside_cache *cache)
{
	assert_ptr_equal(cache, &script);
	call_log_say("destroy cache");
}

void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer)
{
	assert_ptr_equal(cache, &script);
	call_log_say("inside of %" PRIx64, space->vmas[index].start);
	*ret_answer = (struct inside_answer){.object = &object,
					     .loaded = script.loaded,
					     .error = script.inside_error,
					     .bias = BIAS};
}

void inside_answer_finish(struct inside_answer *answer)
{
	call_log_say("finish %s", answer->object ? "object" : "nothing");
}

int source_line_append(const struct procfs_options *of, int32_t pid, const struct vma *vma,
		       uint64_t address, struct text *to)
{
	assert_string_equal(of->root, "/p");
	call_log_say("line of %d, %" PRIx64 ", %" PRIx64, (int)pid, vma->start, address);
	if (!script.line)
		text_append(to, "a.c:3");
	return script.line;
}

int page_probe(const struct procfs_options *of, int32_t pid, uint64_t address, uint64_t page_size,
	       int64_t budget_ns, struct page_facts *facts)
{
	(void)facts;
	assert_string_equal(of->root, "/p");
	assert_int_equal(page_size, 4096);
	assert_true(budget_ns == PAGE_PROBE_ALL);
	call_log_say("page of %d, %" PRIx64, (int)pid, address);
	return -EACCES;
}

void answer_make(struct explanation *explanation, const struct answer_about *about)
{
	assert_non_null(about->regions);
	assert_true(about->regions->count > 3);
	call_log_say("answer %" PRIx64 "%s, object %d, bias %" PRIx64 ", %s, error %d, %s",
		     about->address, about->file ? ", file" : "", about->object == &object,
		     about->bias, about->line ? about->line : "no line", about->inside_error,
		     about->unknown);
	*explanation = (struct explanation){0};
	explanation_say(explanation, "mapping", "said", ROLE_DEFAULT);
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	options = (struct options){
		.action = ACTION_LOCATE, .pid = 5, .procfs = "/p", .place = "a\nb"};
	call_log_clear();
	return 0;
}

static void locates(uint64_t address, int status, const char *written, const char *asked)
{
	struct capture capture;
	char *out;
	int got;

	script.address = address;
	capture_begin(&capture, 1);
	got = locate_run(&options, &source);
	out = capture_end(&capture);
	call_log_expect(asked);
	assert_string_equal(out, written);
	assert_int_equal(got, status);
	free(out);
}

#define BEGIN "place of --locate in 5\n"

static void an_address_in_code_has_its_line(void **state)
{
	(void)state;
	script.loaded = true;
	script.inside_error = -EIO;
	locates(0x12004, EXIT_DONE, "address  12004 = a\\nb\nmapping  said\n",
		BEGIN
		"file of 5, 12000\ninside of 12000\ndestroy cache\nline of 5, 12000, 2004\n"
		"page of 5, 12004\nanswer 12004, file, object 1, bias 10000, a.c:3, error 0, –\n"
		"finish object\ndamage\n");
	script.line = -ENOENT;
	script.probe = -ENOENT;
	options.place = "12004";
	locates(0x12004, EXIT_DONE, "address  12004\nmapping  said\n",
		BEGIN "file of 5, 12000\ninside of 12000\ndestroy cache\nline of 5, 12000, 2004\n"
		      "page of 5, 12004\nanswer 12004, object 1, bias 10000, no line, error 0, –\n"
		      "finish object\ndamage\n");
}

static void what_is_no_code_of_a_file_has_none(void **state)
{
	(void)state;
	script.loaded = true;
	locates(0x13004, EXIT_DONE, "address  13004 = a\\nb\nmapping  said\n",
		BEGIN "file of 5, 12000\ninside of 12000\ndestroy cache\npage of 5, 13004\n"
		      "answer 13004, file, object 1, bias 10000, no line, error 0, –\n"
		      "finish object\ndamage\n");
	/* There is no section. */
	locates(0x30004, EXIT_DONE, "address  30004 = a\\nb\nmapping  said\n",
		BEGIN "file of 5, 30000\ninside of 30000\ndestroy cache\npage of 5, 30004\n"
		      "answer 30004, file, object 1, bias 10000, no line, error 0, –\n"
		      "finish object\ndamage\n");
	/* There is one, but no file. */
	sections[1].kind = KIND_TEXT;
	sections[1].end = 0x30000;
	locates(0x30004, EXIT_DONE, "address  30004 = a\\nb\nmapping  said\n",
		BEGIN "file of 5, 30000\ninside of 30000\ndestroy cache\npage of 5, 30004\n"
		      "answer 30004, file, object 1, bias 10000, no line, error 0, –\n"
		      "finish object\ndamage\n");
	sections[1].kind = KIND_DATA;
	sections[1].end = 0x4000;
}

/* Why there is no object is told of what could be part of one. */
static void what_is_not_loaded_has_no_object(void **state)
{
	(void)state;
	script.inside_error = -EACCES;
	locates(0x30004, EXIT_DONE, "address  30004 = a\\nb\nmapping  said\n",
		BEGIN "file of 5, 30000\ninside of 30000\ndestroy cache\npage of 5, 30004\n"
		      "answer 30004, file, object 0, bias 0, no line, error -13, –\n"
		      "finish object\ndamage\n");
	locates(0x20004, EXIT_DONE, "address  20004 = a\\nb\nmapping  said\n",
		BEGIN "file of 5, 20000\ninside of 20000\ndestroy cache\npage of 5, 20004\n"
		      "answer 20004, file, object 0, bias 0, no line, error 0, –\n"
		      "finish object\ndamage\n");
	/* In no mapping. */
	locates(0x31000, EXIT_DONE, "address  31000 = a\\nb\nmapping  said\n",
		BEGIN "page of 5, 31000\nanswer 31000, object 0, bias 0, no line, error 0, –\n"
		      "finish nothing\ndamage\n");
	setlocale(LC_ALL, "C");
	locates(0x31000, EXIT_DONE, "address  31000 = a\\nb\nmapping  said\n",
		BEGIN "page of 5, 31000\nanswer 31000, object 0, bias 0, no line, error 0, -\n"
		      "finish nothing\ndamage\n");
	setlocale(LC_ALL, "C.UTF-8");
}

static void what_cannot_begin_is_the_end(void **state)
{
	(void)state;
	script.read = -EIO;
	locates(0, 31, "", "denied, -5\n");
	reset(state);
	script.place = EXIT_USAGE;
	locates(0, EXIT_USAGE, "", BEGIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_address_in_code_has_its_line, reset),
		cmocka_unit_test_setup(what_is_no_code_of_a_file_has_none, reset),
		cmocka_unit_test_setup(what_is_not_loaded_has_no_object, reset),
		cmocka_unit_test_setup(what_cannot_begin_is_the_end, reset),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("locate_asked", tests, NULL, NULL);
}
