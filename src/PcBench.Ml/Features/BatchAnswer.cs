using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace PcBench.Ml.Features;

/// <summary>Answers of a batch, as <c>{"items": […]}</c>: worked out and written by all cores, piece by piece, while the first of them are sent.</summary>
/// <param name="count">How many.</param>
/// <param name="answer">One of them; called on any thread.</param>
/// <param name="json">How it is written.</param>
internal sealed class BatchAnswer<T>(int count, Func<int, T> answer, JsonTypeInfo<T> json) : IResult
{
    private const int Piece = 50;
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[HeaderNames.ContentType] = "application/json; charset=utf-8";
        var (body, cancel, from) = (httpContext.Response.BodyWriter, httpContext.RequestAborted, 0);

        // Two pieces a core: one that is worked on, one that waits to be sent.
        Queue<Task<ArrayBufferWriter<byte>>> pieces = [];
        void Begin(ArrayBufferWriter<byte> buffer)
        {
            var start = from;
            from += Piece;
            if (start < count)
                pieces.Enqueue(Task.Run(() => Write(buffer, start), cancel));
        }

        for (var i = 0; i < 2 * Environment.ProcessorCount; i++)
            Begin(new ArrayBufferWriter<byte>(Piece * 1536));
        body.Write("{\"items\":["u8);
        while (pieces.TryDequeue(out var piece))
        {
            var buffer = await piece;
            await body.WriteAsync(buffer.WrittenMemory, cancel);
            buffer.ResetWrittenCount();
            Begin(buffer);
        }

        body.Write("]}"u8);
    }

    private ArrayBufferWriter<byte> Write(ArrayBufferWriter<byte> buffer, int start)
    {
        for (var i = start; i < Math.Min(start + Piece, count); i++)
        {
            if (i > 0)
                buffer.Write(","u8);
            using var writer = new Utf8JsonWriter(buffer, Unchecked);
            JsonSerializer.Serialize(writer, answer(i), json);
        }

        return buffer;
    }
}
