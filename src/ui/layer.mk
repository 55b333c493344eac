libpure_a_SOURCES += \
	include/ui/command.h \
	include/ui/arrange.h src/ui/arrange.c \
	include/ui/box.h src/ui/box.c \
	include/ui/chart_pane.h src/ui/chart_pane.c \
	include/ui/commands.h src/ui/commands.c \
	include/ui/dispatch.h src/ui/dispatch.c \
	include/ui/events_draw.h src/ui/events_draw.c \
	include/ui/events_pane.h src/ui/events_pane.c \
	include/ui/go_to_pane.h src/ui/go_to_pane.c \
	include/ui/growers_draw.h src/ui/growers_draw.c \
	include/ui/growers_pane.h src/ui/growers_pane.c \
	include/ui/help_pane.h src/ui/help_pane.c \
	include/ui/inspector_pane.h src/ui/inspector_pane.c \
	include/ui/list.h src/ui/list.c \
	include/ui/move_commands.h src/ui/move_commands.c \
	include/ui/pane.h src/ui/pane.c \
	include/ui/picture_pane.h src/ui/picture_pane.c \
	include/ui/processes_draw.h src/ui/processes_draw.c \
	include/ui/processes_pane.h src/ui/processes_pane.c \
	include/ui/program_commands.h src/ui/program_commands.c \
	include/ui/shown.h src/ui/shown.c \
	include/ui/table_draw.h src/ui/table_draw.c \
	include/ui/table_pane.h src/ui/table_pane.c \
	include/ui/usage_draw.h src/ui/usage_draw.c \
	include/ui/usage_pane.h src/ui/usage_pane.c \
	include/ui/band_growth.h src/ui/band_growth.c \
	include/ui/kept_usage.h src/ui/kept_usage.c \
	include/ui/amounts.h src/ui/amounts.c \
	include/ui/band_match.h src/ui/band_match.c \
	include/ui/band_usage.h src/ui/band_usage.c \
	include/ui/answer.h src/ui/answer.c \
	include/ui/answer_about.h \
	include/ui/answer_access.h src/ui/answer_access.c \
	include/ui/bar.h src/ui/bar.c \
	include/ui/explain_stacks.h src/ui/explain_stacks.c \
	include/ui/explain_usage.h src/ui/explain_usage.c \
	include/ui/headroom_lines.h src/ui/headroom_lines.c \
	include/ui/picture_columns.h src/ui/picture_columns.c \
	include/ui/picker.h src/ui/picker.c \
	include/ui/picker_rows.h src/ui/picker_rows.c \
	include/ui/program_name.h src/ui/program_name.c \
	include/ui/summary.h src/ui/summary.c \
	include/ui/totals.h src/ui/totals.c \
	include/ui/chart.h src/ui/chart.c \
	include/ui/display.h src/ui/display.c \
	include/ui/ever.h src/ui/ever.c \
	include/ui/explanation.h src/ui/explanation.c \
	include/ui/explain.h src/ui/explain.c \
	include/ui/find.h src/ui/find.c \
	include/ui/find_commands.h src/ui/find_commands.c \
	include/ui/fold_label.h src/ui/fold_label.c \
	include/ui/footer.h src/ui/footer.c \
	include/ui/frame.h src/ui/frame.c \
	include/ui/glyphs.h src/ui/glyphs.c \
	include/ui/header.h src/ui/header.c \
	include/ui/help_keys.h src/ui/help_keys.c \
	include/ui/help_lessons.h src/ui/help_lessons.c \
	include/ui/help_sheet.h src/ui/help_sheet.c \
	include/ui/legend.h src/ui/legend.c \
	include/ui/lens.h src/ui/lens.c \
	include/ui/lens_list.h \
	include/ui/lens_commands.h src/ui/lens_commands.c \
	include/ui/minimap.h src/ui/minimap.c \
	include/ui/interval_commands.h src/ui/interval_commands.c \
	include/ui/keymap.h src/ui/keymap.c \
	include/ui/located.h src/ui/located.c \
	include/ui/marks.h src/ui/marks.c \
	include/ui/box.h src/ui/pane.c \
	include/ui/picture.h src/ui/picture.c \
	include/ui/picture_edge.h src/ui/picture_edge.c \
	include/ui/scene.h \
	include/ui/table.h src/ui/table.c \
	include/ui/table_columns.h src/ui/table_columns.c \
	include/ui/table_rows.h src/ui/table_rows.c \
	include/ui/picture_title.h src/ui/picture_title.c \
	include/ui/place_words.h src/ui/place_words.c \
	include/ui/prompt.h src/ui/prompt.c \
	include/ui/sentence.h src/ui/sentence.c \
	include/ui/strip.h src/ui/strip.c \
	include/ui/table_find.h src/ui/table_find.c \
	include/ui/time_commands.h src/ui/time_commands.c \
	include/ui/ui.h src/ui/ui.c \
	include/ui/view.h src/ui/view.c \
	include/ui/words.h src/ui/words.c

unit_tests += \
	tests/unit/test_dispatch \
	tests/unit/test_pane \
	tests/unit/test_program_commands \
	tests/unit/test_shown \
	tests/unit/test_arrange \
	tests/unit/test_events_pane \
	tests/unit/test_growers_pane \
	tests/unit/test_list \
	tests/unit/test_move_commands \
	tests/unit/test_processes_draw \
	tests/unit/test_chart_pane \
	tests/unit/test_commands \
	tests/unit/test_dispatch_mouse \
	tests/unit/test_events_draw \
	tests/unit/test_go_to_pane \
	tests/unit/test_go_to_pane_draw \
	tests/unit/test_growers_draw \
	tests/unit/test_help_pane \
	tests/unit/test_inspector_pane \
	tests/unit/test_picture_pane \
	tests/unit/test_processes_pane \
	tests/unit/test_table_draw \
	tests/unit/test_table_pane_mouse \
	tests/unit/test_usage_draw \
	tests/unit/test_usage_pane \
	tests/unit/test_amounts \
	tests/unit/test_band_match \
	tests/unit/test_band_usage \
	tests/unit/test_answer \
	tests/unit/test_answer_access \
	tests/unit/test_bar \
	tests/unit/test_explain_stacks \
	tests/unit/test_explain_usage \
	tests/unit/test_headroom_lines \
	tests/unit/test_picture_columns \
	tests/unit/test_picker \
	tests/unit/test_picker_rows \
	tests/unit/test_program_name \
	tests/unit/test_summary \
	tests/unit/test_totals \
	tests/unit/test_chart \
	tests/unit/test_band_growth \
	tests/unit/test_display \
	tests/unit/test_ever \
	tests/unit/test_explanation \
	tests/unit/test_explain \
	tests/unit/test_find \
	tests/unit/test_find_commands \
	tests/unit/test_fold_label \
	tests/unit/test_footer \
	tests/unit/test_frame \
	tests/unit/test_glyphs \
	tests/unit/test_header \
	tests/unit/test_help_keys \
	tests/unit/test_help_lessons \
	tests/unit/test_help_sheet \
	tests/unit/test_legend \
	tests/unit/test_lens \
	tests/unit/test_lens_commands \
	tests/unit/test_minimap \
	tests/unit/test_interval_commands \
	tests/unit/test_keymap \
	tests/unit/test_located \
	tests/unit/test_marks \
	tests/unit/test_kept_usage \
	tests/unit/test_box \
	tests/unit/test_picture \
	tests/unit/test_picture_edge \
	tests/unit/test_place_words \
	tests/unit/test_picture_title \
	tests/unit/test_prompt \
	tests/unit/test_sentence \
	tests/unit/test_strip \
	tests/unit/test_table \
	tests/unit/test_table_columns \
	tests/unit/test_table_pane \
	tests/unit/test_table_rows \
	tests/unit/test_table_find \
	tests/unit/test_time_commands \
	tests/unit/test_ui \
	tests/unit/test_ui_random \
	tests/unit/test_view \
	tests/unit/test_view_show \
	tests/unit/test_words

EXTRA_PROGRAMS += tests/bench/bench_table
EXTRA_DIST += tests/unit/picker_sample.h
