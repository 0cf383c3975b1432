package yikao.db;
import java.nio.file.*; import java.util.*; import java.util.concurrent.*;
final class LedgerBench {
  public static void main(String[] a) throws Exception {
    var folder = Files.createDirectories(Path.of(a[0])); int threads=Integer.parseInt(a[1]); int seconds=Integer.parseInt(a[2]); int size=Integer.parseInt(a[3]); long keys=Long.parseLong(a[4]);
    boolean sync = a.length<6 || a[5].equals("power");
    try (var l = Ledger.open(folder, JournalDurability.Limits.usual(sync))) {
      System.out.println("rows "+l.transactions.read().fetchValue("select count(*) from ledger"));
      long end=System.nanoTime()+seconds*1_000_000_000L; var n=new java.util.concurrent.atomic.AtomicLong(); var ts=new ArrayList<Thread>();
      for(int i=0;i<threads;i++){ ts.add(Thread.ofPlatform().start(()->{ var r=ThreadLocalRandom.current(); while(System.nanoTime()<end){ l.put(r.nextLong(keys),size).join(); n.incrementAndGet(); }}));}
      for (int i=0;i<seconds;i++){Thread.sleep(1000); if(i%5==4) System.out.println(i+" n "+n.get()+" file "+l.durability.fileBytes()/1000+" journal "+l.durability.journalBytes()/1000);}
      for(var t:ts)t.join();
      System.out.println("puts/s "+n.get()/seconds+" groups/s "+l.meters.counter("yikao.commits","queue","ledger").count()/seconds+" rows "+l.transactions.read().fetchValue("select count(*) from ledger"));
      long t=System.nanoTime(); l.close(); System.out.println("close ms "+(System.nanoTime()-t)/1000000+" file "+Files.size(l.file));
    }
  }
}
