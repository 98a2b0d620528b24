namespace PcBench.Backend.Ranking;

/// <summary>A value on a board as it is kept: single precision, and an interval that is the value ÷ and × a factor.</summary>
/// <param name="BoardNo">Number of the board.</param>
/// <param name="Value">Value in the board's unit.</param>
/// <param name="Factor">Over 1.</param>
internal readonly record struct KeptValue(short BoardNo, float Value, float Factor)
{
    public RankedInterval Interval => IntervalOf(Value, Factor);

    /// <summary>The interval, the same wherever it is computed: of single-precision numbers in double precision.</summary>
    public static RankedInterval IntervalOf(float value, float factor) => new((double)value / factor, (double)value * factor);
}

/// <summary>A result that began or ceased to count.</summary>
/// <param name="CpuNo">Its CPU model.</param>
/// <param name="Vendor">Its vendor.</param>
/// <param name="Enters">Whether it began to.</param>
/// <param name="Values">Its values.</param>
internal sealed record StandingChange(int CpuNo, string Vendor, bool Enters, KeptValue[] Values)
{
    public int By => Enters ? 1 : -1;

    /// <summary>Changes of one transaction as bytes, for those who count them later.</summary>
    public static byte[] ToBytes(IReadOnlyCollection<StandingChange> changes)
    {
        using var bytes = new MemoryStream(changes.Count * 300);
        using var writer = new BinaryWriter(bytes);
        foreach (var change in changes)
        {
            writer.Write(change.CpuNo);
            writer.Write(change.Vendor);
            writer.Write(change.Enters);
            writer.Write((byte)change.Values.Length);
            foreach (var value in change.Values)
            {
                writer.Write(value.BoardNo);
                writer.Write(value.Value);
                writer.Write(value.Factor);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static IEnumerable<StandingChange> Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
        {
            var (cpuNo, vendor, enters) = (reader.ReadInt32(), reader.ReadString(), reader.ReadBoolean());
            var values = new KeptValue[reader.ReadByte()];
            foreach (ref var value in values.AsSpan())
                value = new KeptValue(reader.ReadInt16(), reader.ReadSingle(), reader.ReadSingle());
            yield return new StandingChange(cpuNo, vendor, enters, values);
        }
    }
}
