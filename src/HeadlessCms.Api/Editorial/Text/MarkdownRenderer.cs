using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Renders Markdown within <see cref="BodyLimits"/>. The HTML is not safe until it is sanitised.</summary>
internal static partial class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = NewPipeline();

    public static string Render(string source, BodyLimits limits)
    {
        CheckLines(source);
        using var html = new BoundedWriter();
        try
        {
            Markdown.ToHtml(FootnoteAfterDefinition().Replace(source, "$1\n\n<!-- -->\n\n"), html, Pipeline, new LimitedContext(limits));
        }
        catch (ArgumentException tooDeep) when (tooDeep.GetType() == typeof(ArgumentException)) // Markdig's own limit
        {
            throw BodyLimits.TooDeep();
        }

        return html.ToString();
    }

    private static MarkdownPipeline NewPipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = BodyLimits.MaxDepth }
            .UsePipeTables()
            .UseEmphasisExtras()
            .UseCjkFriendlyEmphasis()
            .UseAutoLinks()
            .UseTaskLists()
            .UseDefinitionLists()
            .UseFootnotes();
        builder.Extensions.Add(new Limits()); // last, so that its parsers come first
        return builder.Build();
    }

    // Every row of a table gets as many cells as the longest one has. Lines between blank lines that could be a table count as one.
    private static void CheckLines(string source)
    {
        var (cells, line) = (0L, 0);
        var (start, rows, columns, isTable) = (0, 0, 0, false);
        foreach (var text in source.AsSpan().EnumerateLines())
        {
            if (++line > BodyLimits.MaxLines)
                throw BodyLimits.TooManyLines();
            if (text.Trim(" \t>").IsEmpty)
            {
                End();
                continue;
            }

            if (rows++ == 0)
                start = line;
            columns = Math.Max(columns, text.Count('|') + 1);
            isTable |= Separator().IsMatch(text);
        }

        End();

        void End()
        {
            cells += isTable ? (long)rows * columns : 0;
            if (cells > BodyLimits.MaxCells)
                throw BodyLimits.TooManyCells(start);
            (rows, columns, isTable) = (0, 0, false);
        }
    }

    // Wider than Markdig's own rule: the row may stand in lists and quotations.
    [GeneratedRegex(@"^(?=.*-)(?=.*\|)[-|:\\\s>*+0-9.)]*$")]
    private static partial Regex Separator();

    // Markdig leaves a definition open until another block begins, and takes a footnote for one only at the top level.
    [GeneratedRegex(@"^(:[ \t].*)\n\n+(?=\[\^)", RegexOptions.Multiline)]
    private static partial Regex FootnoteAfterDefinition();

    private sealed class Limits : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            pipeline.BlockParsers.Insert(0, new NestingLimit());
            pipeline.InlineParsers.Insert(0, new DelimiterLimit());
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }
    }

    private sealed class LimitedContext(BodyLimits limits) : MarkdownParserContext
    {
        private long _work;

        public void CheckTime() => limits.CheckTime();

        /// <summary>Counts a delimiter, from which the parser may look for another one to the end of the paragraph.</summary>
        public void Add(LeafBlock paragraph, int length)
        {
            _work += length;
            if (_work > BodyLimits.MaxDelimiterWork)
                throw BodyLimits.TooManyDelimiters(paragraph.Line + 1);
        }
    }

    /// <summary>Runs before the parsers of quotations and lists, which have no limit of their own, and opens nothing.</summary>
    private sealed class NestingLimit : BlockParser
    {
        public NestingLimit() => OpeningCharacters = [.. ">-*+:[0123456789"];

        public override BlockState TryOpen(BlockProcessor processor)
        {
            ((LimitedContext)processor.Context!).CheckTime();
            var depth = 0;
            for (var container = processor.CurrentContainer; container is not null; container = container.Parent)
                if (++depth > BodyLimits.MaxDepth)
                    throw BodyLimits.TooDeep(processor.LineIndex + 1);
            return BlockState.None;
        }
    }

    /// <summary>Runs before the parsers of emphasis and links, which take quadratic time in a paragraph, and matches nothing.</summary>
    private sealed class DelimiterLimit : InlineParser
    {
        public DelimiterLimit() => OpeningCharacters = [.. "*_~^=[]!<`hw"];

        public override bool Match(InlineProcessor processor, ref Markdig.Helpers.StringSlice slice)
        {
            var context = (LimitedContext)processor.Context!;
            context.CheckTime();
            if (slice.CurrentChar is not ('h' or 'w') || slice.Match("www.") || slice.Match("http"))
                context.Add(processor.Block!, slice.Length);
            return false;
        }
    }

    /// <summary>Refuses HTML that becomes too long, before it is all in memory: a reference to a long link is short.</summary>
    private sealed class BoundedWriter : StringWriter
    {
        private readonly StringBuilder _text;

        public BoundedWriter()
            : base(System.Globalization.CultureInfo.InvariantCulture) => _text = GetStringBuilder();

        public override void Write(char value)
        {
            base.Write(value);
            BodyLimits.CheckLength(_text.Length);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            BodyLimits.CheckLength(_text.Length + count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            BodyLimits.CheckLength(_text.Length + buffer.Length);
            base.Write(buffer);
        }

        public override void Write(string? value)
        {
            BodyLimits.CheckLength(_text.Length + (value?.Length ?? 0));
            base.Write(value);
        }
    }
}
