using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Http;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Submissions;

/// <summary>Reads the body of a submission and never more of it than a document may have, whatever length was declared.</summary>
internal static class DocumentBody
{
    /// <returns>The bytes, or the answer that refuses them.</returns>
    public static async Task<(byte[]? Bytes, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
            return (null, Problems.Unsupported("Content-Type", request.ContentType, "Send the document as application/json in UTF-8."));
        if (JsonBody.IsEncoded(request))
            return (null, Problems.Unsupported("Content-Encoding", request.Headers.ContentEncoding, "Send the document uncompressed."));
        if (request.ContentLength > ResultDocument.MaxBytes)
            return (null, Problems.TooLarge(ResultDocument.MaxBytes));

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancel);
            if (read.Buffer.Length > ResultDocument.MaxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (null, Problems.TooLarge(ResultDocument.MaxBytes));
            }

            if (read.IsCompleted)
                return (Taken(request.BodyReader, read), null);
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[] Taken(PipeReader reader, ReadResult read)
    {
        var bytes = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }
}
