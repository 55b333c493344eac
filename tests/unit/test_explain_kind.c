/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/runtime.h"
#include "model/vma.h"
#include "ui/text/explain_kind.h"
#include "ui/text/explanation.h"

static void check(void (*explain)(struct explanation *, const struct vma *), const struct vma *vma,
		  const char *expected)
{
	struct explanation explanation = {0};
	struct text text = {0};

	explain(&explanation, vma);
	for (size_t i = 0; i < explanation.count; i++)
		text_append_format(&text, "%s|%s\n",
				   explanation.statements[i].label ? explanation.statements[i].label
								   : "",
				   explanation.statements[i].value);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	explanation_finish(&explanation);
}

static void a_runtime_says_what_to_ask_it(void **state)
{
	struct vma vma = {.kind = KIND_ANON,
			  .owner = OWNER_RUNTIME,
			  .runtime = RUNTIME_JAVA,
			  .kind_source = KIND_SOURCE_SHAPE,
			  .name = ""};

	(void)state;
	check(explain_kind, &vma,
	      "kind|anon\nis|java heap\n|objects of a Java virtual machine\n"
	      "ask|jcmd PID GC.heap_info\nknown|from its size and neighbours\nowner|runtime\n");
	/* Nothing can be asked of a shadow. */
	vma.runtime = RUNTIME_TSAN;
	check(explain_kind, &vma,
	      "kind|anon\nis|ThreadSanitizer shadow\n|which thread accessed which bytes last\n"
	      "known|from its size and neighbours\nowner|runtime\n");
}

static void a_name_is_escaped(void **state)
{
	const struct vma vma = {.name = "[anon:a\033b]"};

	(void)state;
	check(explain_file, &vma, "name|[anon:a\\x1bb]\n");
	check(explain_file, &(const struct vma){.name = ""}, "");
}

/* How the kind is known, in words for each source; and whose stack it is. */
static void each_source_has_its_words(void **state)
{
	static const char *const words[KIND_SOURCE_COUNT] = {
		[KIND_SOURCE_ELF] = "from the file's ELF segments",
		[KIND_SOURCE_NAME] = "from its name in maps",
		[KIND_SOURCE_THREAD] = "a thread's stack pointer is in it",
		[KIND_SOURCE_CONTENT] = "from the contents of its first page",
		[KIND_SOURCE_SHAPE] = "from its size and neighbours",
		[KIND_SOURCE_FILE_SYSTEM] = "from the file system of its file",
		[KIND_SOURCE_PAGES] = "the kernel reports guard pages",
		[KIND_SOURCE_PERMISSIONS] = "from its permissions",
		[KIND_SOURCE_STALLED] = "from its permissions: its file system does not answer",
	};

	(void)state;
	for (unsigned source = 0; source < KIND_SOURCE_COUNT; source++) {
		const struct vma vma = {.kind = KIND_TEXT,
					.kind_source = (uint8_t)source,
					.owner = OWNER_LIBRARY,
					.tid = source == 2 ? 17 : 0,
					.name = ""};
		struct text expected = {0};

		text_append_format(&expected, "kind|text\nknown|%s\n%sowner|library\n",
				   words[source] ? words[source] : "from its permissions",
				   vma.tid ? "thread|17\n" : "");
		check(explain_kind, &vma, text_string(&expected));
		text_finish(&expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_runtime_says_what_to_ask_it),
		cmocka_unit_test(a_name_is_escaped),
		cmocka_unit_test(each_source_has_its_words),
	};

	return cmocka_run_group_tests_name("explain_kind", tests, NULL, NULL);
}
