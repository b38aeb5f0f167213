using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

/// <summary>What dcmtk's dcmdump, another independent reader, prints of files. It uses the standard's dictionary alone: the VRs of private
/// elements in implicit VR are nobody's to know.</summary>
internal static partial class Dcmdump
{
    private static readonly Dictionary<string, string> StandardDictionary = new() { ["DCMDICTPATH"] = "/usr/share/libdcmtk17/dicom.dic" };

    /// <summary>By path: each element's path, VR, length and printed value; null where dcmdump refuses the file.</summary>
    public static async Task<Dictionary<string, Dictionary<string, Printed>?>> ReadAsync(IReadOnlyList<string> paths)
    {
        // All strings and up to 4 KiB of every bulk value; what is not ASCII comes as octal numbers of its bytes.
        var dump = await Tool.RunAsync("dcmdump", ["-q", "+F", "+L", "-M", "+Qo", "-Un", "+uc", .. paths], environment: StandardDictionary);
        var found = new Dictionary<string, Dictionary<string, Printed>?>();
        foreach (var file in dump.Output.Split("# dcmdump (").Skip(1))
        {
            var lines = file.Split('\n');
            var name = lines[0][(lines[0].IndexOf("): ", StringComparison.Ordinal) + 3)..];
            var elements = Parse(lines);
            found.Add(name, elements.Count > 0 ? elements : null);
        }
        return found;
    }

    private static Dictionary<string, Printed> Parse(string[] lines)
    {
        var elements = new Dictionary<string, Printed>();
        var parents = new List<(string Path, int Items)> { ("", 0) };    // by depth: the sequence and how many of its items were met
        foreach (var line in lines)
        {
            if (Line().Match(line) is not { Success: true } match) continue;
            var depth = match.Groups[1].Length / 2;
            var (tag, vr, value) = (match.Groups[2].Value + match.Groups[3].Value, match.Groups[4].Value, match.Groups[5].Value.TrimEnd());
            if (tag is "fffee00d" or "fffee0dd") continue;
            parents.RemoveRange(depth + 1, parents.Count - depth - 1);
            var path = tag == "fffee000" ? $"{parents[depth].Path}[{parents[depth].Items}]" : Prefix(parents[depth].Path) + tag;
            if (tag == "fffee000") parents[depth] = parents[depth] with { Items = parents[depth].Items + 1 };
            if (vr != "na") elements[path] = new(vr, match.Groups[6].Value, value);
            parents.Add((path, 0));
        }
        return elements;
    }

    private static string Prefix(string parent) => parent.Length == 0 ? "" : parent + ".";

    [GeneratedRegex(@"^( *)\(([0-9a-f]{4}),([0-9a-f]{4})\) (..) (.*) # *(\d+|u/l), *\d+ [\w&]")]
    private static partial Regex Line();

    /// <summary>One line.</summary>
    /// <param name="Length">A number, or <c>u/l</c>.</param>
    internal sealed record Printed(string Vr, string Length, string Value)
    {
        /// <summary>Whether these are the bytes that were printed, as far as they were.</summary>
        public bool Is(ReadOnlySpan<byte> bytes, DicomVR vr)
        {
            // dcmtk makes odd values even
            if (Length != "u/l" && int.Parse(Length, CultureInfo.InvariantCulture) != (bytes.Length + 1 & ~1)) return false;
            if (Value == "(no value available)") return !bytes.ContainsAnyExcept((byte)' ', (byte)0);
            if (Value == "(not loaded)") return true;
            if (Value.StartsWith('[')) return Trimmed(Value[1..^1]) == Trimmed(Escaped(bytes));
            if (Vr is "OB" or "UN" or "??")
                return Convert.FromHexString(Value.Replace("\\", "", StringComparison.Ordinal)).AsSpan().StartsWith(bytes);
            return Value.Split('\\').SequenceEqual(Numbers(bytes, Vr is "OW" ? "OW" : vr.Code)) || Same(Value.Split('\\'), bytes, vr.Code);
        }

        private static string Trimmed(string text)
        {
            while (text.EndsWith(' ') || text.EndsWith("\\000", StringComparison.Ordinal))
                text = text.EndsWith(' ') ? text[..^1] : text[..^4];
            return text;
        }

        private static string Escaped(ReadOnlySpan<byte> bytes)
        {
            var text = new StringBuilder();
            foreach (var letter in bytes)
                text.Append(letter is < 32 or > 126 ? $"\\{Convert.ToString(letter, 8).PadLeft(3, '0')}" : (char)letter);
            return text.ToString();
        }

        private static bool Same(string[] printed, ReadOnlySpan<byte> bytes, string vr)
        {
            if (vr is not ("FL" or "FD" or "OF" or "OD")) return false;
            var size = vr is "FL" or "OF" ? 4 : 8;
            for (var i = 0; i < printed.Length; i++)
            {
                var value = bytes.Slice(i * size, size);
                if (size == 4 ? float.Parse(printed[i], CultureInfo.InvariantCulture) != BitConverter.ToSingle(value)
                    : double.Parse(printed[i], CultureInfo.InvariantCulture) != BitConverter.ToDouble(value)) return false;
            }
            return printed.Length == bytes.Length / size;
        }

        private static List<string> Numbers(ReadOnlySpan<byte> bytes, string vr)
        {
            var numbers = new List<string>();
            var size = vr is "US" or "SS" or "OW" ? 2 : vr is "SV" or "UV" or "OV" ? 8 : 4;
            for (; bytes.Length >= size; bytes = bytes[size..]) numbers.Add(Number(bytes, vr));
            return numbers;
        }

        private static string Number(ReadOnlySpan<byte> bytes, string vr) => vr switch
        {
            "US" => $"{BitConverter.ToUInt16(bytes)}",
            "SS" => $"{BitConverter.ToInt16(bytes)}",
            "OW" => $"{BitConverter.ToUInt16(bytes):x4}",
            "AT" => $"({BitConverter.ToUInt16(bytes):x4},{BitConverter.ToUInt16(bytes[2..]):x4})",
            "SL" => $"{BitConverter.ToInt32(bytes)}",
            "OL" => $"{BitConverter.ToUInt32(bytes):x8}",
            "SV" => $"{BitConverter.ToInt64(bytes)}",
            "UV" => $"{BitConverter.ToUInt64(bytes)}",
            _ => $"{BitConverter.ToUInt32(bytes)}",
        };
    }
}
