using System.Net;
using System.Net.Http.Headers;

namespace PcBench.Cli.Server;

/// <summary>A body that is written while it is sent, so that it is never whole in memory.</summary>
internal sealed class WrittenContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> write;

    public WrittenContent(Func<Stream, CancellationToken, Task> write)
    {
        this.write = write;
        Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => write(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
