using System.Buffers.Binary;

namespace Gateway.Fuzzing;

/// <summary>Makes inputs of a target's seeds: a few changes of one of them, each of a kind that breaks readers.</summary>
public sealed class Mutator(FuzzTarget target, ulong seed)
{
    private const int MostChanges = 6;
    private const int MostRepeated = 64;
    private static readonly byte[] TellingBytes = [0, 1, 2, 0x1B, 0x20, 0x5C, 0x7F, 0x80, 0xD8, 0xFE, 0xFF];
    private static readonly uint[] TellingNumbers =
        [0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>Input number <paramref name="number"/>.</summary>
    public byte[] Make(long number)
    {
        var random = Prng.For(seed, number);
        var bytes = new List<byte>(target.Seeds[random.Below(target.Seeds.Count)]);
        for (var changes = 1 + random.Below(1 + random.Below(MostChanges)); changes > 0; changes--) Change(bytes, ref random);
        return target.Wrap([.. bytes]);
    }

    private void Change(List<byte> bytes, ref Prng random)
    {
        var at = random.Below(bytes.Count);
        switch (random.Below(12))
        {
            case 0 or 1: Put(bytes, at, [(byte)random.Next()]); break;
            case 2 or 3: Put(bytes, at, [TellingBytes[random.Below(TellingBytes.Length)]]); break;
            case 4: if (bytes.Count > 0) bytes[at] ^= (byte)(1 << random.Below(8)); break;
            case 5 or 6: Put(bytes, at, Number(ref random)); break;
            case 7: Put(bytes, at, Word(ref random)); break;
            case 8: bytes.InsertRange(at, Word(ref random)); break;
            case 9: bytes.RemoveRange(at, Math.Min(1 + random.Below(16), bytes.Count - at)); break;
            case 10: Repeat(bytes, at, ref random); break;
            default: End(bytes, at, ref random); break;
        }
    }

    private static byte[] Number(ref Prng random)
    {
        var number = random.Below(2) == 0 ? TellingNumbers[random.Below(TellingNumbers.Length)] : (uint)random.Below(1 << 12);
        var bytes = new byte[4];
        if (random.Below(2) == 0) BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        else BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return random.Below(2) == 0 ? bytes : number <= ushort.MaxValue && bytes[0] == 0 ? bytes[2..] : bytes[..2];
    }

    private byte[] Word(ref Prng random) => target.Words.Count == 0 ? [0] : target.Words[random.Below(target.Words.Count)];

    private static void Repeat(List<byte> bytes, int at, ref Prng random)
    {
        var block = bytes.GetRange(at, Math.Min(1 + random.Below(MostRepeated), bytes.Count - at));
        for (var times = 1 + random.Below(random.Below(16) == 0 ? MostRepeated * 4 : 2); times > 0; times--) bytes.InsertRange(at, block);
    }

    /// <summary>Cuts the input, or goes on with the end of another seed.</summary>
    private void End(List<byte> bytes, int at, ref Prng random)
    {
        bytes.RemoveRange(at, bytes.Count - at);
        if (random.Below(2) == 0) return;
        var other = target.Seeds[random.Below(target.Seeds.Count)];
        bytes.AddRange(other.AsSpan(random.Below(other.Length)));
    }

    private static void Put(List<byte> bytes, int at, byte[] over)
    {
        for (var i = 0; i < over.Length && at + i < bytes.Count; i++) bytes[at + i] = over[i];
    }
}
