using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace PcBench.Backend.Features.Imports;

/// <summary>The body of an import, which is read as it comes.</summary>
internal static class ImportBody
{
    /// <summary>Lets this request have more bytes than a submission may.</summary>
    public static void Allow(HttpContext context, long maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
    }

    /// <summary>The body as a stream that ends in an error after so many bytes, whatever length was declared.</summary>
    public static Stream Bounded(PipeReader body, long maxBytes) => new BoundedStream(body.AsStream(), maxBytes);

    private sealed class BoundedStream(Stream source, long maxBytes) : Stream
    {
        private long left = maxBytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            return (left -= read) >= 0 ? read : throw new BadHttpRequestException("The import is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
