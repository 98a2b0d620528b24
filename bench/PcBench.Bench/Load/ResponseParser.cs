using System.Buffers.Text;
using System.Text;

namespace PcBench.Bench.Load;

/// <summary>
/// Reads one response of HTTP/1.1 as its bytes come: the status, and where the body ends, by Content-Length or in chunks.
/// The body itself is passed over.
/// </summary>
internal struct ResponseParser
{
    private State state;
    private long left;
    private bool chunked;

    private enum State
    {
        Head,
        Body,
        ChunkSize,
        ChunkData,
        Trailer,
        Done,
        Malformed,
    }

    public int Status { get; private set; }

    /// <summary>Whether the server closes the connection after this response.</summary>
    public bool Closes { get; private set; }

    public long BodyBytes { get; private set; }

    public readonly bool IsDone => state == State.Done;

    public readonly bool IsMalformed => state == State.Malformed;

    /// <summary>Reads on.</summary>
    /// <param name="bytes">What has come and was not consumed yet.</param>
    /// <returns>How many bytes of it are consumed: the rest is to be given again with what comes next.</returns>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (state is not (State.Done or State.Malformed))
        {
            var rest = bytes[at..];
            var consumed = state switch
            {
                State.Head => ReadHead(rest),
                State.Body or State.ChunkData => Skip(rest),
                _ => ReadLine(rest),
            };
            if (consumed == 0)
                break;
            at += consumed;
        }

        return at;
    }

    private int ReadHead(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf("\r\n\r\n"u8);
        if (length < 0)
            return 0;
        var lines = bytes[..(length + 2)];
        var end = lines.IndexOf((byte)'\n');
        if (end < 12 || !lines.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(lines[9..12], out int status, out _))
            return Malformed();
        (Status, left, chunked) = (status, 0, false);
        for (lines = lines[(end + 1)..]; !lines.IsEmpty; lines = lines[(end + 1)..])
        {
            end = lines.IndexOf((byte)'\n');
            ReadField(lines[..end]);
        }

        state = status switch
        {
            100 => State.Head,
            204 or 304 => State.Done,
            _ when chunked => State.ChunkSize,
            _ => left == 0 ? State.Done : State.Body,
        };
        return length + 4;
    }

    private void ReadField(ReadOnlySpan<byte> line)
    {
        // Three names matter; the first letter tells most lines apart.
        if ((line[0] | 0x20) is not ((byte)'c' or (byte)'t') || line.IndexOf((byte)':') is not (> 0 and var colon))
            return;
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \r\t"u8);
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
            _ = Utf8Parser.TryParse(value, out left, out _);
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
            chunked = true;
        else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
            Closes = Ascii.EqualsIgnoreCase(value, "close"u8);
    }

    private int Skip(ReadOnlySpan<byte> bytes)
    {
        var skipped = (int)Math.Min(left, bytes.Length);
        left -= skipped;
        BodyBytes += skipped;
        if (left == 0)
            state = state == State.Body ? State.Done : State.ChunkSize;
        return skipped;
    }

    // A chunk's size, the empty line after its data, and the empty line at the very end.
    private int ReadLine(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf("\r\n"u8);
        if (length < 0)
            return 0;
        if (state == State.Trailer)
            state = length == 0 ? State.Done : State.Trailer;
        else if (length > 0 && !Utf8Parser.TryParse(bytes[..length], out left, out _, 'X'))
            return Malformed();
        else if (length > 0)
            state = left == 0 ? State.Trailer : State.ChunkData;
        return length + 2;
    }

    private int Malformed()
    {
        state = State.Malformed;
        return 0;
    }
}
