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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_runtime_says_what_to_ask_it),
		cmocka_unit_test(a_name_is_escaped),
	};

	return cmocka_run_group_tests_name("explain_kind", tests, NULL, NULL);
}
