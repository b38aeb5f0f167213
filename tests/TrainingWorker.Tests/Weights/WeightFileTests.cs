using System.IO.Compression;
using System.Text;
using Gateway.Testing;
using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.TrainingWorker.Weights;
using Google.Protobuf;

namespace Gateway.TrainingWorker.Tests.Weights;

public sealed class WeightFileTests : IDisposable
{
    private static readonly KeyValuePair<string, long[]>[] Small = [
        new("features.0.weight", [4, 3, 3, 3]), new("features.0.bias", [4]), new("scale", [])];
    private readonly TemporaryDirectory _folder = new();

    public static TheoryData<string> Kinds => [.. WeightFiles.Kinds];

    private string Path => _folder.Combine("weights");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_others_wrote_is_read_whatever_the_file_is_called(string kind)
    {
        WeightFiles.Write(kind, Small, _folder.Combine($"w.{kind}"));
        File.Move(_folder.Combine($"w.{kind}"), Path);
        var file = WeightFile.Read(Path);
        WeightFiles.AssertHolds(file, Small);
        Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_bytes_are_refused_or_read_and_never_take_more_memory_than_such_a_file_may(string kind)
    {
        WeightFiles.Write(kind, Small, _folder.Combine($"w.{kind}"));
        var whole = File.ReadAllBytes(_folder.Combine($"w.{kind}"));
        var chance = new Random(1);
        var refused = 0;
        for (var i = 0; i < 1500; i++)
        {
            File.WriteAllBytes(Path, Damage(whole, chance));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                WeightFile.Read(Path);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
        }
        Assert.InRange(refused, 300, 1500);
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\x07\0\0\0touch xtR.", "os.system")]
    [InlineData("c__builtin__\neval\n(X\x01\0\0\01tR.", "__builtin__.eval")]
    [InlineData("ctorch._utils\n_rebuild_from_type_v2\n.", "torch._utils._rebuild_from_type_v2")]
    [InlineData("X\x02\0\0\0osX\x06\0\0\0system\x93.", "os.system")]
    public void A_pickle_that_names_anything_else_is_refused_by_name(string pickle, string named)
    {
        using (var zip = new ZipArchive(File.Create(Path), ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("archive/data.pkl").Open())
            entry.Write(Encoding.Latin1.GetBytes(pickle));
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists("x"));
    }

    [Fact]
    public void A_small_file_cannot_claim_a_large_tensor()
    {
        Python.Run("import numpy, sys; numpy.savez_compressed(open(sys.argv[1], 'wb'), a=numpy.zeros(40_000_000, numpy.float32))", Path);
        Assert.InRange(new FileInfo(Path).Length, 1, 2_000_000);
        Assert.Contains(
            "larger than a file", Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transposed_half_precision_and_integer_tensors_are_read_as_float32_in_c_order()
    {
        Python.Run("""
            import json, struct, sys
            import numpy as np
            data = np.arange(6, dtype=np.float16).tobytes() + np.int64(41).tobytes()
            text = json.dumps({'__metadata__': {'format': 'pt'}, 'half': {'dtype': 'F16', 'shape': [2, 3], 'data_offsets': [0, 12]},
                               'count': {'dtype': 'I64', 'shape': [], 'data_offsets': [12, 20]}}).encode()
            open(sys.argv[1], 'wb').write(struct.pack('<Q', len(text)) + text + data)
            """, Path);
        var tensors = WeightFile.Read(Path).Tensors;
        Assert.Equal([0, 1, 2, 3, 4, 5], tensors["half"].Values);
        Assert.Equal([41], tensors["count"].Values);
        var view = new TorchTensor(new("0", WeightType.Float32, 7), 1, [3, 2], [1, 3]);
        view.Check("view", 6);
        Assert.Equal([1, 4, 2, 5, 3, 6], view.Gather([0, 1, 2, 3, 4, 5, 6], 6));
        Assert.Throws<InvalidDataException>(() => (view with { Offset = 2 }).Check("view", 6));
        Assert.Throws<InvalidDataException>(() => (view with { Shape = [8], Strides = [0] }).Check("view", 8));
    }

    [Fact]
    public void Weights_outside_the_model_are_refused()
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, Dims = { 2 }, DataLocation = TensorProto.Types.DataLocation.External };
        File.WriteAllBytes(Path, new ModelProto { IrVersion = 8, Graph = new() { Initializer = { tensor } } }.ToByteArray());
        Assert.Contains("another file", Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lpips_heads_of_pytorch_0_4_are_read_as_python_reads_them()
    {
        foreach (var network in (string[])["alex", "squeeze", "vgg"])
        {
            var path = RealData.Path($"weights/lpips_lin/v0.1/{network}.pth");
            var expected = Python.Numbers("""
                import collections, pickle, struct, sys
                class Reader(pickle.Unpickler):
                    def find_class(self, module, name): return collections.OrderedDict if name == 'OrderedDict' else lambda *parts: parts
                    def persistent_load(self, parts): return parts
                with open(sys.argv[1], 'rb') as file:
                    parts = [Reader(file, encoding='latin1').load() for _ in range(5)]
                    storages = {}
                    for key in parts[4]:
                        count, = struct.unpack('<q', file.read(8))
                        storages[key] = struct.unpack(f'<{count}f', file.read(4 * count))
                for name, view in parts[3].items(): print(sum(storages[view[0][2]]))
                """, path);
            var tensors = WeightFile.Read(path).Tensors;
            Assert.Equal(Enumerable.Range(0, expected.Length).Select(i => $"lin{i}.model.1.weight"), tensors.Keys);
            Assert.Equal(
                expected, tensors.Values.Select(weight => weight.Values.Sum(value => (double)value)), (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    private static byte[] Damage(byte[] whole, Random chance)
    {
        var bytes = whole.ToList();
        for (var i = chance.Next(4); i >= 0; i--)
        {
            var at = chance.Next(Math.Min(bytes.Count, chance.Next(2) == 0 ? 160 : int.MaxValue));
            switch (chance.Next(4))
            {
                case 0: bytes[at] = (byte)chance.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << chance.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(chance.Next(9), bytes.Count - at - 1)); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)chance.Next(256), chance.Next(9))); break;
            }
        }
        return [.. bytes];
    }
}
