namespace PcBench.Imports.Tables;

/// <summary>Lets a reader of rows read on only so far: a row that never ends must not fill the memory.</summary>
internal sealed class RowBound(TextReader source, int maxRow) : TextReader
{
    private int sinceRow;

    /// <summary>A row came to its end.</summary>
    public void NextRow() => sinceRow = 0;

    public override int Read(char[] buffer, int index, int count) => Counted(source.Read(buffer, index, count));

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => Counted(await source.ReadAsync(buffer.AsMemory(index, count)));

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) => Counted(await source.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int read) => (sinceRow += read) <= maxRow ? read : throw new RowTooLongException();
}

/// <summary>A row is longer than any may be.</summary>
internal sealed class RowTooLongException : Exception;
