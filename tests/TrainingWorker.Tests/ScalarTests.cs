using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;

namespace Gateway.TrainingWorker.Tests;

/// <summary>Reads the code of the trainer and of what it calls in TorchSharp for Scalars that nothing keeps alive.</summary>
/// <remarks>A virtual call may reach the overrides of every type that reached code creates.</remarks>
public sealed class ScalarTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private static readonly Assembly Torch = typeof(torch).Assembly;
    private static readonly Assembly Ours = typeof(TorchNative).Assembly;
    private static readonly Dictionary<int, OpCode> Operations =
        typeof(OpCodes).GetFields().Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(o => (int)(ushort)o.Value);

    private readonly Dictionary<MethodBase, MethodBase?> _reached = [];
    private readonly Queue<MethodBase> _open = [];
    private readonly HashSet<Type> _created = [];
    private readonly HashSet<MethodBase> _called = [];

    [Fact]
    public void No_code_that_training_reaches_converts_a_number_to_a_scalar_in_passing()
    {
        foreach (var method in Ours.GetTypes().SelectMany(Methods))
            Reach(method, null);
        var faults = new List<string>();
        while (_open.TryDequeue(out var method))
            foreach (var (operation, called) in Calls(method))
            {
                if (called.Name == "op_Implicit" && called is MethodInfo { ReturnType: var type } && type == typeof(Scalar))
                    faults.Add(Path(method));
                Follow(operation, called, method);
            }
        Assert.True(_reached.Count > 1000, $"Only {_reached.Count} methods were read.");
        Assert.Empty(faults.Distinct());
    }

    private void Follow(OpCode operation, MethodBase called, MethodBase by)
    {
        Reach(called, by);
        if (operation == OpCodes.Newobj && Definition(called.DeclaringType!) is var created && created.Assembly == Torch
            && _created.Add(created))
            Override(created, by);
        if (called is MethodInfo { IsVirtual: true } method && Base(method) is var slot && slot.DeclaringType!.Assembly == Torch
            && _called.Add(slot))
            foreach (var type in _created.ToList())
                Override(type, by);
    }

    private void Override(Type type, MethodBase by)
    {
        for (Type? at = type; at is not null && at.Assembly == Torch; at = at.BaseType is { } parent ? Definition(parent) : null)
            foreach (var method in Methods(at).OfType<MethodInfo>().Where(m => m.IsVirtual && _called.Contains(Base(m))))
                Reach(method, by);
    }

    private void Reach(MethodBase method, MethodBase? by)
    {
        method = Definition(method);
        if ((method.DeclaringType!.Assembly == Torch || method.DeclaringType.Assembly == Ours) && _reached.TryAdd(method, by))
            _open.Enqueue(method);
    }

    private string Path(MethodBase? method)
    {
        var names = new List<string>();
        for (; method is not null; method = _reached.GetValueOrDefault(Definition(method)))
            names.Add($"{method.DeclaringType!.Name}.{method.Name}");
        return string.Join(" <- ", names);
    }

    private static IEnumerable<(OpCode Operation, MethodBase Called)> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var operation = Operations[code[at] == 0xfe ? 0xfe00 | code[at + 1] : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at), TypeArguments(method), MethodArguments(method)) is MethodBase called)
                yield return (operation, called);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static Type[]? TypeArguments(MethodBase method) =>
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    private static MethodBase Base(MethodInfo method) => Definition(method.GetBaseDefinition());

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static MethodBase Definition(MethodBase method)
        => method.DeclaringType is { IsGenericType: true } || method.IsGenericMethod
            ? method.Module.ResolveMethod(method.MetadataToken)! : method;

    private static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];
}
