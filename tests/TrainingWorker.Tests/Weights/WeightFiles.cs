using System.Text.Json;
using Gateway.Testing;
using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.TrainingWorker.Weights;
using Google.Protobuf;
using System.Runtime.InteropServices;

namespace Gateway.TrainingWorker.Tests.Weights;

/// <summary>Writes weight files as other programs do: NumPy, Python's own pickle with torch's names, protobuf.</summary>
internal static class WeightFiles
{
    public static readonly string[] Kinds = ["safetensors", "npz", "pth", "legacy.pth", "onnx"];

    // torch.save of a state dict, both layouts (torch/serialization.py), without torch.
    private const string Script = """
        import collections, json, pickle, struct, sys, types, zipfile
        import numpy as np
        kind, shapes, path = sys.argv[1], json.load(open(sys.argv[2])), sys.argv[3]
        arrays = {name: ((np.arange(int(np.prod(shape))) * 7 + 13 * k) % 1000 / np.float32(1000)).astype(np.float32).reshape(shape)
                  for k, (name, shape) in enumerate(shapes.items())}
        torch, utils = types.ModuleType('torch'), types.ModuleType('torch._utils')
        def _rebuild_tensor_v2(*parts): raise NotImplementedError
        class FloatStorage: pass
        class Storage:
            def __init__(self, key, array): self.key, self.array = key, array
        class Tensor:
            def __init__(self, key, array): self.storage, self.array = Storage(key, array), array
            def __reduce__(self):
                strides = tuple(s // 4 for s in self.array.strides)
                return _rebuild_tensor_v2, (self.storage, 0, self.array.shape, strides, False, collections.OrderedDict())
        for module, thing in ((utils, _rebuild_tensor_v2), (torch, FloatStorage)):
            thing.__module__, thing.__qualname__ = module.__name__, thing.__name__
            setattr(module, thing.__name__, thing)
        torch._utils = utils
        sys.modules['torch'], sys.modules['torch._utils'] = torch, utils
        class Pickler(pickle.Pickler):
            def persistent_id(self, thing):
                if isinstance(thing, Storage):
                    return ('storage', FloatStorage, thing.key, 'cpu', thing.array.size) + ((None,) if kind == 'legacy.pth' else ())
        def state():
            made = collections.OrderedDict((name, Tensor(str(i), array)) for i, (name, array) in enumerate(arrays.items()))
            made._metadata = collections.OrderedDict([('', {'version': 1})])
            return made
        if kind == 'npz':
            with open(path, 'wb') as file: np.savez(file, **arrays)
        elif kind == 'safetensors':
            at, header = 0, {}
            for name, array in arrays.items():
                header[name] = {'dtype': 'F32', 'shape': array.shape, 'data_offsets': [at, at + array.nbytes]}
                at += array.nbytes
            text = json.dumps(header).encode()
            with open(path, 'wb') as file:
                file.write(struct.pack('<Q', len(text)) + text)
                for array in arrays.values(): file.write(array.tobytes())
        elif kind == 'pth':
            with zipfile.ZipFile(path, 'w') as file:
                with file.open('archive/data.pkl', 'w') as entry: Pickler(entry, protocol=2).dump(state())
                file.writestr('archive/byteorder', 'little')
                for i, array in enumerate(arrays.values()): file.writestr(f'archive/data/{i}', array.tobytes())
                file.writestr('archive/version', '3\n')
        else:
            with open(path, 'wb') as file:
                pickle.dump(0x1950a86a20f9469cfc6c, file, protocol=2)
                pickle.dump(1001, file, protocol=2)
                pickle.dump({'protocol_version': 1001, 'little_endian': True, 'type_sizes': {'short': 2, 'int': 4, 'long': 4}}, file, protocol=2)
                Pickler(file, protocol=2).dump(state())
                pickle.dump([str(i) for i in range(len(arrays))], file, protocol=2)
                file.flush()
                for array in arrays.values(): file.write(struct.pack('<q', array.size) + array.tobytes())
        """;

    /// <summary>Value <paramref name="i"/> of the tensor at place <paramref name="place"/>.</summary>
    public static float Value(int place, int i) => (float)((7L * i + 13L * place) % 1000) / 1000;

    /// <param name="shapes">Of every tensor, in order.</param>
    public static void Write(string kind, IReadOnlyList<KeyValuePair<string, long[]>> shapes, string path)
    {
        if (kind == "onnx")
        {
            File.WriteAllBytes(path, Model(shapes).ToByteArray());
            return;
        }
        var list = path + ".json";
        File.WriteAllText(list, JsonSerializer.Serialize(new Dictionary<string, long[]>(shapes)));
        Python.Run(Script, kind, list, path);
        File.Delete(list);
    }

    /// <summary>Asserts that the file has these tensors and values and no other.</summary>
    public static void AssertHolds(WeightFile file, IReadOnlyList<KeyValuePair<string, long[]>> shapes)
    {
        Assert.Equal(shapes.Select(shape => shape.Key).Order(StringComparer.Ordinal), file.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var (place, (name, shape)) in shapes.Index())
        {
            var weight = file.Tensors[name];
            Assert.Equal(shape, weight.Shape);
            for (var i = 0; i < weight.Values.Length; i++)
                if (weight.Values[i] != Value(place, i))
                    Assert.Fail($"{name}[{i}] is {weight.Values[i]}, not {Value(place, i)}.");
        }
    }

    private static ModelProto Model(IReadOnlyList<KeyValuePair<string, long[]>> shapes)
    {
        var graph = new GraphProto { Name = "weights" };
        foreach (var (place, (name, shape)) in shapes.Index())
        {
            var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
            for (var i = 0; i < values.Length; i++)
                values[i] = Value(place, i);
            graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = (int)TensorProto.Types.DataType.Float,
                Dims = { shape },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
            });
        }
        return new() { IrVersion = 8, Graph = graph };
    }
}
